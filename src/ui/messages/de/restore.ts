// Was ein neuer Arbeitsplatz zu einer Sicherung sagt, auf Deutsch.
export const restore = {
  instead: 'Gab es diesen Arbeitsplatz schon? Eine Sicherung bringt ihn zurück.',
  heading: 'Aus einer Sicherung wiederherstellen',
  how: 'Wählen Sie die Datei der Sicherung und geben Sie ihre Passphrase ein. Personen, ihre Authenticator-Apps und die Regeln kommen zurück.',
  choose: 'Datei wählen',
  chooseOther: 'Andere Datei wählen',
  file: 'Datei der Sicherung',
  noFile: 'Noch keine Datei gewählt.',
  passphrase: 'Passphrase der Sicherung',
  ends: 'Ersatzcodes, PINs, gekoppelte Handys und offene Einrichtungen enden. Zuerst meldet sich jemand aus der Administration an und bestätigt die Personen.',
  go: 'Wiederherstellen',
  busy: 'Die Wiederherstellung läuft',
  stopping: 'Die Wiederherstellung wird abgebrochen',
  refused: {
    'not-now': 'Das geht gerade nicht. Versuchen Sie es gleich noch einmal.',
    unreadable: 'Diese Datei lässt sich nicht lesen. Wählen Sie eine andere.',
    'not-a-backup': 'Diese Datei ist keine Sicherung eines Arbeitsplatzes.',
    'wrong-passphrase': 'Diese Passphrase öffnet die Sicherung nicht. Es wurde nichts wiederhergestellt.',
    damaged:
      'Die Sicherung ist abgeschnitten oder verändert. Es wurde nichts wiederhergestellt. Nehmen Sie eine ältere.',
    'other-version': 'Diese Wardkey-Version kennt die Form dieser Sicherung nicht. Es wurde nichts wiederhergestellt.',
    'newer-version':
      'Eine neuere Wardkey-Version hat diese Sicherung gemacht. Installieren Sie sie zuerst. Es wurde nichts wiederhergestellt.',
    'disk-full': 'Auf dem Laufwerk ist nicht genug Platz. Schaffen Sie Platz und versuchen Sie es noch einmal.',
    'not-empty':
      'Hier liegen schon Dateien eines Arbeitsplatzes. Es wurde nichts wiederhergestellt. Bitten Sie die IT um einen leeren Datenordner.',
    'keychain-in-use':
      'Der Schlüsselbund dieses Kontos enthält schon den Schlüssel eines Arbeitsplatzes. Es wurde nichts wiederhergestellt. Fragen Sie die IT.',
    running: 'Ein anderes Programm benutzt den Datenordner. Schließen Sie es und versuchen Sie es noch einmal.',
    'no-administrator':
      'Niemand aus der Administration dieser Sicherung könnte sich anmelden. Es wurde nichts wiederhergestellt.',
    stopped: 'Die Wiederherstellung wurde abgebrochen. Es blieb nichts zurück.',
    failed: 'Das hat nicht geklappt. Es wurde nichts wiederhergestellt. Versuchen Sie es noch einmal.',
  },
}
