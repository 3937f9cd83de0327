// What alerts, and the report of a stranger’s sign-in, say in Polish.
export const alerts = {
  open: 'Do sprawdzenia',
  past: 'Potwierdzone',
  noPast: 'Nic jeszcze nie zostało potwierdzone.',
  failed: 'Nie udało się odczytać alertów. Proszę spróbować ponownie.',
  openCount_one: '{{shown}} otwarty alert',
  openCount_few: '{{shown}} otwarte alerty',
  openCount_many: '{{shown}} otwartych alertów',
  openCount_other: '{{shown}} otwartego alertu',
  concerns: 'Dotyczy',
  signIn: 'Ta osoba mówi, że logowanie {{time}} nie było jej.',
  note: 'Notatka do dziennika: {{what}}',
  acknowledge: 'Potwierdź: {{what}}',
  by: 'Potwierdza {{name}}, {{time}}.',
  more: 'Pokaż więcej',
  next: {
    'hub-conflict': 'Dwie osoby w hubie mają tu ten sam numer służbowy. Poproś o zmianę jednego z nich w hubie.',
    'hub-policy-refused':
      'Zasady z huba odcięłyby tu wszystkich, więc obowiązują poprzednie. Poproś o ich zmianę w hubie.',
    'hub-phone-waiting':
      'Ta osoba ma telefon powiązany tutaj, a hub podaje inny. Zapytaj ją. Jeśli to jej telefon, dopuść go na stronie tej osoby albo powiąż go tutaj; jeśli nie, unieważnij go.',
    'hub-key-refused':
      'Hub przysłał inne klucze dla telefonu znanego tutaj albo telefon należący do kogoś innego. Nie zostały przyjęte. Zapytaj osobę, która prowadzi hub.',
    'phone-denied': 'Zapytaj tę osobę, czy to pomyłka. Jej telefon jest zamknięty na 15 minut.',
    'phone-not-mine':
      'Porozmawiaj z tą osobą od razu: ktoś mógł jej wysłać kod do zeskanowania. Jej telefon jest zamknięty na 15 minut.',
    'many-failures': 'Proszę zapytać, kto próbował się tu zalogować. Każda próba czeka kilka sekund, aż będzie spokój.',
    'clock-wrong': 'Proszę ustawić zegar tego komputera, a potem zalogować się kodem zapasowym.',
    'credential-suspended':
      'Proszę zapytać tę osobę, czy to ona. Jeśli tak, przywrócić działanie telefonu; jeśli nie, zarejestrować nowy.',
    'pin-suspended':
      'Zapytaj tę osobę. Jeśli zapomniała kodu PIN, unieważnij go: wybierze nowy przy następnym logowaniu.',
    'log-caught-up': 'Wardkey zakończył się bez ostrzeżenia. Jeśli nie zabrakło prądu, proszę zapytać dział IT.',
    'break-glass': 'Sprawdź to w części Dostęp awaryjny: porozmawiaj z tą osobą i zapisz swoje ustalenia.',
    'emergency-record-broken':
      'Ustal, kto był przy tym komputerze, zachowaj odłożony plik i utwórz nowe kody awaryjne.',
    'emergency-codes-planted':
      'Ktoś był przy tym komputerze. Powiadom dział bezpieczeństwa, zachowaj odłożony plik i utwórz nowe kody.',
    'not-me':
      'Proszę porozmawiać z tą osobą, obejrzeć logowanie i zdecydować: wpuścić ją znowu albo zarejestrować nowy telefon.',
    other: 'Proszę obejrzeć zdarzenie i zdecydować.',
  },
}

export const notMe = {
  button: 'To nie ja',
  which: 'Które nie było Państwa?',
  ends: 'Stanowisko zablokuje się teraz. Konto i wszystkie sposoby logowania będą zamknięte, dopóki nie sprawdzi tego administrator. Nic nie zostanie usunięte.',
  go: 'Zgłoś i zablokuj',
}
