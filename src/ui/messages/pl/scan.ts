// What a phone that scans is told about in Polish: binding, answers, the camera.
import type { scan as english } from '../en/scan.ts'
import type { Translated } from '../shape.ts'

export const scan: Translated<typeof english, 'one' | 'few' | 'many' | 'other'> = {
  bind: 'Powiąż telefon',
  bindFor: 'Powiąż telefon: {{name}}',
  bindOwn: 'Powiąż mój telefon',
  bindAgain: 'Powiąż nowy telefon',
  which:
    'Dodaj telefon: aplikacja uwierzytelniająca pokazuje cyfry, które się wpisuje. Powiąż telefon: telefon skanuje ekran blokady, a zgodę daje się na telefonie.',
  bindEnds:
    'Poprzednie telefony przestają działać, gdy nowy zostanie powiązany. Sesja otwarta jednym z nich zostanie od razu zablokowana.',
  bound: 'Powiązany do skanowania',
  qr: 'Kod QR do powiązania',
  steps: [
    'Otwórz Wardkey w telefonie i naciśnij Skanuj. Albo zeskanuj aparatem i otwórz stronę.',
    'Telefon tworzy swoje klucze. Potem pokazuje kod i 16 znaków.',
    'Przenieś tu jedno z dwojga: pokaż albo wpisz.',
  ],
  byCamera: 'Przystaw kod z telefonu do kamery tego stanowiska',
  noCamera: 'To stanowisko nie ma kamery.',
  typed: 'Część z telefonu',
  typedHelp: '16 liter i cyfr pod napisem „bez kamery” w telefonie.',
  send: 'Dalej',
  shortPart: 'Część ma 16 liter i cyfr.',
  partCame: {
    shown: 'Kod z telefonu odczytano. Teraz wpisz osiem cyfr, które pokazuje.',
    typed: 'Część przyjęto. Teraz wpisz osiem cyfr, które telefon do niej pokazuje.',
    sent: 'Telefon wysłał swoją część. Teraz wpisz osiem cyfr, które pokazuje.',
  },
  part: {
    'not-a-part': 'Telefon pokazuje coś innego. Przystaw kod, który pokazuje do powiązania.',
    'other-offer': 'To należy do innego kodu. Zeskanuj telefonem ten z tego ekranu.',
    'bad-part': 'Kodu z telefonu nie udało się sprawdzić. Zeskanuj ten ekran jeszcze raz.',
    'second-part':
      'Odpowiedział drugi telefon, więc ten kod już nie działa. Utwórz nowy i zeskanuj go jednym telefonem.',
    expired: 'Czas tego kodu minął. Utwórz nowy.',
    'not-now': 'Teraz to niemożliwe. Spróbuj za chwilę.',
  },
  confirm: {
    'no-part': 'Najpierw część z telefonu: pokaż albo wpisz.',
    'wrong-code': 'Te cyfry się nie zgadzają. Wpisz osiem, które telefon pokazuje teraz.',
    expired: 'Czas tego kodu minął. Utwórz nowy.',
    'too-many-tries': 'Za dużo prób. Utwórz nowy kod i zacznij od początku.',
    'not-now': 'Teraz to niemożliwe. Spróbuj za chwilę.',
    'last-administrator':
      'Zasady wymagają więcej, niż potrafi ten telefon, a ostatni administrator straciłby dostęp. Nic nie zmieniono: użyj telefonu, który umie sprawdzić, kto go trzyma.',
  },
  secondEnded: 'Odpowiedział drugi telefon, więc ten kod już nie działa.',
  endedNext: 'Utwórz nowy i zeskanuj go telefonem.',
  welcome: {
    heading: 'Zeskanuj jeszcze raz',
    why: 'Telefon osoby {{name}} jest powiązany. Teraz pozna to stanowisko: naciśnij Skanuj w telefonie i zeskanuj ten kod. Przed stanowiskami, których nie zna, będzie ostrzegał.',
    qr: 'Kod QR powitania',
    done: 'Gotowe',
    sent: 'Telefon sam mówi, że jest powiązany? Zna już więc to stanowisko: naciśnij Gotowe.',
    skip: 'Telefon powiązany bez kamery może się bez tego obyć.',
  },
  camera: {
    name: 'Kamera',
    picture: 'Co widzi kamera',
    starting: 'Uruchamianie kamery…',
    reading: 'Przystaw kod z telefonu do kamery, około 20 cm od niej.',
    'not-allowed': 'Wardkey nie może używać kamery. Zapytaj dział IT albo wpisz kod.',
    'no-camera': 'Nie ma kamery. Wpisz kod.',
    'in-use': 'Kamery używa inny program. Zamknij go albo wpisz kod.',
    failed: 'Kamera nie działa. Wpisz kod.',
    close: 'Zamknij kamerę',
  },
  show: 'Pokaż telefon kamerze',
  hint: 'Zeskanuj kod aplikacją Wardkey w telefonie. Potem wpisz tu jej osiem cyfr.',
  hintCamera: 'Zeskanuj kod aplikacją Wardkey w telefonie. Potem wpisz jej osiem cyfr albo pokaż telefon kamerze.',
  hintId:
    'Zeskanuj kod aplikacją Wardkey w telefonie. Potem wybierz „Inne sposoby” i wpisz numer pracownika oraz osiem cyfr.',
  answer: 'Odpowiedź z telefonu',
  answerHint: 'Osiem cyfr po zeskanowaniu kodu z tego ekranu.',
  shortAnswer: 'Odpowiedź ma osiem cyfr.',
  ask: {
    qr: 'Kod QR tej zgody',
    hint: 'Albo zeskanuj to aplikacją Wardkey w telefonie. Potem wpisz jej osiem cyfr lub pokaż telefon kamerze.',
    hintOther:
      'Albo druga osoba skanuje to aplikacją Wardkey w swoim telefonie. Potem wpisz jej osiem cyfr lub pokaż telefon kamerze.',
    notAllowed: {
      'step-up': 'To telefon kogoś innego. Musi to być telefon osoby, która jest zalogowana.',
      move: 'To telefon kogoś innego. Musi to być telefon osoby, która jest zalogowana.',
      second: 'Musi to być ktoś inny, kto ma do tego prawo.',
      approval: 'Musi to być ktoś inny, kto ma do tego prawo.',
    },
    notApproved: 'Telefon odmówił. Nic nie zmieniono; administracja już o tym wie.',
  },
  said: {
    'challenge-over': 'Ten kod stracił ważność. Zeskanuj nowy.',
    'wrong-or-over':
      'Te cyfry się nie zgadzają. To stanowisko właśnie się uruchomiło, a kody sprzed startu straciły ważność: zeskanuj nowy.',
    'already-used': 'Ta odpowiedź była już użyta. Zeskanuj kod jeszcze raz.',
    'wrong-code': 'Te cyfry się nie zgadzają. Zeskanuj kod jeszcze raz.',
    'id-needed': 'Wpisz także swój numer pracownika.',
    'phone-closed': 'Telefon niedawno odmówił i jest zamknięty. Poczekaj 15 minut albo wejdź inaczej.',
    'form-refused': 'Wpisane odpowiedzi tu nie działają. Pokaż telefon kamerze.',
    'verification-needed':
      'Telefon musi sprawdzić, że to Ty. Zeskanuj ponownie i odblokuj palcem, twarzą lub kodem PIN.',
    'location-needed':
      'Telefon musi podać, gdzie się znajduje. Proszę włączyć to na początku strony telefonu, zeskanować kod jeszcze raz i pokazać lub wysłać odpowiedź.',
    'not-approved': 'Telefon odmówił. Nikt nie jest zalogowany; administratorzy już wiedzą.',
    'not-an-answer': 'To nie jest odpowiedź. Zeskanuj kod z tego ekranu i przystaw to, co telefon wtedy pokaże.',
    'other-station': 'Ta odpowiedź jest dla innego stanowiska. Zeskanuj kod z tego ekranu.',
    'bad-answer':
      'Tej odpowiedzi nie udało się sprawdzić. Zeskanuj ponownie. Jeśli to nie pomoże, poproś o ponowne powiązanie telefonu.',
  },
}
