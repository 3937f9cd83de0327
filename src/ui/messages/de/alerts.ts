// What alerts, and the report of a stranger’s sign-in, say in German.
export const alerts = {
  open: 'Zu prüfen',
  past: 'Bestätigt',
  noPast: 'Noch nichts wurde bestätigt.',
  failed: 'Die Hinweise ließen sich nicht lesen. Versuchen Sie es erneut.',
  openCount_one: '{{shown}} offener Hinweis',
  openCount_other: '{{shown}} offene Hinweise',
  concerns: 'Betrifft',
  signIn: 'Diese Person sagt, die Anmeldung von {{time}} war nicht ihre.',
  note: 'Notiz für das Protokoll: {{what}}',
  acknowledge: 'Bestätigen: {{what}}',
  by: 'Bestätigt von {{name}}, {{time}}.',
  more: 'Mehr zeigen',
  next: {
    'hub-conflict': 'Zwei Personen im Hub haben hier dieselbe Personalnummer. Lassen Sie eine davon im Hub ändern.',
    'hub-policy-refused':
      'Die Regeln des Hubs würden hier alle aussperren; es gelten die bisherigen. Lassen Sie sie im Hub ändern.',
    'hub-phone-waiting':
      'Diese Person hat ein Handy, das hier verbunden wurde, und der Hub nennt ein weiteres. Fragen Sie nach. Gehört es ihr, lassen Sie es auf der Seite der Person zu oder verbinden Sie es hier; sonst widerrufen Sie es.',
    'hub-key-refused':
      'Der Hub hat andere Schlüssel für ein hier bekanntes Handy gesendet, oder eines, das jemand anderem gehört. Sie wurden nicht übernommen. Fragen Sie, wer den Hub betreibt.',
    'phone-denied': 'Fragen Sie die Person, ob es ein Versehen war. Ihr Handy ist 15 Minuten geschlossen.',
    'phone-not-mine':
      'Sprechen Sie gleich mit der Person: Vielleicht hat ihr jemand einen Code zum Scannen geschickt. Ihr Handy ist 15 Minuten geschlossen.',
    'many-failures':
      'Fragen Sie, wer sich hier anmelden wollte. Jeder Versuch wartet einige Sekunden, bis es wieder ruhig ist.',
    'clock-wrong': 'Stellen Sie die Uhr dieses Rechners und melden Sie sich dann mit einem Ersatzcode an.',
    'credential-suspended':
      'Fragen Sie die Person, ob sie es war. Wenn ja, lassen Sie das Handy wieder zu; wenn nein, richten Sie ein neues ein.',
    'pin-suspended':
      'Fragen Sie die Person. Hat sie die PIN vergessen, widerrufen Sie sie: Bei der nächsten Anmeldung wählt sie eine neue.',
    'log-caught-up': 'Wardkey endete ohne Vorwarnung. War es kein Stromausfall, fragen Sie die IT.',
    'break-glass':
      'Prüfen Sie es unter Notzugang: Sprechen Sie mit der Person und halten Sie fest, was Sie gefunden haben.',
    'emergency-record-broken':
      'Klären Sie, wer an diesem Rechner war, heben Sie die beiseitegelegte Datei auf und erstellen Sie neue Notfallcodes.',
    'emergency-codes-planted':
      'Jemand war an diesem Rechner. Sagen Sie es der Sicherheit, heben Sie die beiseitegelegte Datei auf und erstellen Sie neue Codes.',
    'not-me':
      'Sprechen Sie mit der Person, sehen Sie sich die Anmeldung an und entscheiden Sie: wieder zulassen oder ein neues Handy einrichten.',
    other: 'Sehen Sie sich das Ereignis an und entscheiden Sie.',
  },
}

export const notMe = {
  button: 'Das war ich nicht',
  which: 'Welche war nicht Ihre?',
  ends: 'Dieser Arbeitsplatz wird sofort gesperrt. Ihr Konto und alle Ihre Wege zur Anmeldung sind geschlossen, bis die Administration es geprüft hat. Gelöscht wird nichts.',
  go: 'Melden und sperren',
}
