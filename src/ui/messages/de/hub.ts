// How the workstation stands with its hub, in German.
export const hub = {
  online: '{{name}}: aktuell',
  connecting: '{{name}}: wird verbunden',
  offline: '{{name}} nicht erreicht. Stand {{time}}',
  near: '{{name}} seit {{time}} nicht erreicht. Was von dort kam, gilt nicht mehr lange',
  over: '{{name}} seit {{time}} nicht erreicht. Was von dort kam, gilt nicht mehr',
  closed: '{{name}} nimmt von diesem Arbeitsplatz nichts mehr an. Fragen Sie die IT',
  join: {
    heading: 'Der Hub',
    lead: 'Ein Hub bringt Personen, Richtlinie und Sperrungen an diesen Arbeitsplatz und bewahrt sein Protokoll dort auf, wo es hier niemand kürzen kann.',
    link: 'Beitrittslink',
    linkHelp:
      'Eine Verwalterin oder ein Verwalter des Hubs erstellt ihn. Er gilt einmal und zehn Minuten lang. Geben Sie ihn ein oder fügen Sie ihn ein.',
    byCamera: 'Mit der Kamera lesen',
    go: 'Dem Hub beitreten',
    asking: 'Der Hub wird gefragt',
    organisation: 'Organisation',
    address: 'Adresse',
    state: 'Verbindung',
    states: {
      none: 'Nicht begonnen',
      connecting: 'Wird verbunden',
      online: 'Verbunden',
      offline: 'Nicht erreicht',
      closed: 'Vom Hub geschlossen',
    },
    confirmed: 'Zuletzt bestätigt',
    log: 'Protokoll',
    kept_one: '{{shown}} von {{total}} Eintrag liegt dort',
    kept_other: '{{shown}} von {{total}} Einträgen liegen dort',
    instead: 'Betreibt Ihre Organisation einen Hub? Dann kommen die Personen von dort.',
    atFirst: 'Einem Hub beitreten',
    atFirstLead:
      'Benennen Sie diesen Arbeitsplatz und geben Sie den Link an, der im Hub für ihn erstellt wurde. Personen und Richtlinie kommen von dort; hier muss niemand eingerichtet werden.',
    placeOfHub: 'Name, Ort und Gruppe legt der Hub fest.',
    waiting: 'Beigetreten',
    waitingLead:
      'Dieser Arbeitsplatz sperrt sich, sobald der Hub jemanden geschickt hat, der sich anmelden kann. Kommt niemand, lassen Sie im Hub jemanden für die Gruppe dieses Arbeitsplatzes einrichten.',
    waitingFor: 'Es wird auf Personen von {{name}} gewartet',
  },
}
