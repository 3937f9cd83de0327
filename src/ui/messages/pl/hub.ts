// How the workstation stands with its hub, in Polish.
export const hub = {
  online: '{{name}}: aktualne',
  connecting: '{{name}}: łączenie',
  offline: '{{name}} bez łączności. Stan z {{time}}',
  near: '{{name}} bez łączności od {{time}}. Dane stamtąd niedługo wygasną',
  over: '{{name}} bez łączności od {{time}}. Dane stamtąd już nie obowiązują',
  closed: '{{name}} nie przyjmuje już niczego z tego stanowiska. Zapytaj dział IT',
  join: {
    heading: 'Hub organizacji',
    lead: 'Hub przynosi na to stanowisko osoby, zasady i unieważnienia, a jego dziennik przechowuje tam, gdzie nikt stąd go nie utnie.',
    link: 'Łącze dołączania',
    linkHelp:
      'Tworzy je administrator huba. Działa raz, przez dziesięć minut. Można je wpisać, wkleić albo odczytać jego kod kamerą.',
    byCamera: 'Odczytaj kamerą',
    go: 'Dołącz do huba',
    asking: 'Pytanie do huba',
    organisation: 'Organizacja',
    address: 'Adres',
    state: 'Połączenie',
    states: {
      none: 'Nie rozpoczęto',
      connecting: 'Łączenie',
      online: 'Połączono',
      offline: 'Brak połączenia',
      closed: 'Zamknięte przez hub',
    },
    confirmed: 'Ostatnie potwierdzenie',
    log: 'Dziennik',
    kept_one: 'Jest tam {{shown}} z {{total}} wpisu',
    kept_few: 'Są tam {{shown}} z {{total}} wpisów',
    kept_many: 'Jest tam {{shown}} z {{total}} wpisów',
    kept_other: 'Jest tam {{shown}} z {{total}} wpisu',
    instead: 'Czy Twoja organizacja ma hub? Wtedy osoby pochodzą stamtąd.',
    atFirst: 'Dołącz do huba',
    atFirstLead:
      'Nazwij to stanowisko i podaj łącze, które administrator huba dla niego utworzył. Osoby i zasady przyjdą stamtąd; tutaj nikogo nie trzeba rejestrować.',
    waiting: 'Dołączono',
    waitingLead:
      'To stanowisko zablokuje się, gdy tylko hub przyśle kogoś, kto może się zalogować. Jeśli nikt się nie pojawi, poproś administratora huba, aby zarejestrował kogoś dla grupy tego stanowiska.',
    waitingFor: 'Oczekiwanie na osoby z {{name}}',
  },
}
