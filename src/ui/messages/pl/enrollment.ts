// What enrollment says in Polish: parts of the list of people, offers that wait, a new phone, a second person.
import type { enrollment as english } from '../en/enrollment.ts'
import type { Translated } from '../shape.ts'

export const enrollment: Translated<typeof english, 'one' | 'few' | 'many' | 'other'> = {
  parts: 'Które osoby',
  part: {
    everybody: 'Wszystkie',
    active: 'Aktywne',
    'no-phone': 'Bez telefonu',
    suspended: 'Zawieszone',
    left: 'Odeszły',
  },
  credentialPart: {
    everybody: 'Wszystkie',
    'no-phone': 'Bez telefonu',
    'two-phones': 'Dwa telefony',
    'phone-suspended': 'Telefon zawieszony',
    'few-codes': 'Mało kodów zapasowych',
    'no-codes': 'Brak kodów zapasowych',
    'codes-not-stored': 'Kody niezachowane',
    pin: 'Z kodem PIN',
  },
  addPhone: 'Dodaj drugi telefon',
  replaceEnds:
    'Poprzedni telefon przestanie działać, gdy nowy pokaże pierwszy kod. Otwarta nim sesja zostanie od razu zablokowana.',
  hidden: 'Ukryto, bo przez minutę nikt nie dotknął ekranu.',
  show: 'Dotknij, aby pokazać',
  withdrawn: 'Ten kod wycofano.',
  move: {
    name: 'Przejdź na nowy telefon',
    why: 'Wpisz kod z dotychczasowego telefonu. Pierwszy kod z nowego zakończy jego działanie.',
    code: 'Kod z dotychczasowego telefonu',
    what: 'Co stało się z telefonem',
    lost: 'Bez tego telefonu zgłoś się do nadzoru: tam dodadzą nowy.',
    go: 'Dalej',
  },
  second: {
    heading: 'Prosimy o drugą osobę',
    why: 'Zasady wymagają, aby zatwierdziła to tutaj inna uprawniona osoba.',
    staffId: 'Numer pracownika drugiej osoby',
    code: 'Kod jednorazowy drugiej osoby',
    go: 'Zatwierdź',
    notAllowed: 'To musi być inna uprawniona osoba.',
  },
  offers: {
    heading: 'Otwarte rejestracje',
    none: 'Żadna rejestracja nie czeka.',
    ended: 'Niedawno zakończone',
    show: 'Pokaż kod',
    renew: 'Więcej czasu',
    withdraw: 'Wycofaj',
    withdrawEnds: 'Ta rejestracja się zakończy. Jej kod nigdzie już nie zadziała, gdziekolwiek go widziano.',
    madeBy: 'przez: {{name}}',
    until: 'do: {{time}}',
    purpose: {
      first: 'Pierwszy telefon',
      replace: 'Nowy telefon',
      add: 'Drugi telefon',
      move: 'Przejście na nowy telefon',
    },
    end: {
      confirmed: 'Potwierdzona',
      expired: 'Czas minął',
      abandoned: 'Niedokończona',
      replaced: 'Zastąpiona inną',
      'too-many-tries': 'Za dużo prób',
      'second-part': 'Odpowiedział drugi telefon',
      'station-stopped': 'Stanowisko się zatrzymało',
      withdrawn: 'Wycofana',
      other: 'Zakończona',
    },
  },
}
