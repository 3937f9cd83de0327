// What is wrong when the station stays locked, and what to do next, in German.
import type { Failures } from '../en/failures.ts'

export const failures: Failures = {
  'no-keychain': {
    title: 'Der Schlüsselbund fehlt',
    wrong: 'Wardkey bewahrt seine Schlüssel im Schlüsselbund dieses Computers auf, und dort läuft keiner.',
    next: 'Starten Sie den Schlüsselbund-Dienst dieses Computers und versuchen Sie es erneut. Hilft das nicht, starten Sie Wardkey neu.',
  },
  'keychain-locked': {
    title: 'Der Schlüsselbund ist gesperrt',
    wrong: 'Wardkey kann seine Schlüssel nicht lesen, solange der Schlüsselbund gesperrt ist.',
    next: 'Entsperren Sie den Schlüsselbund dieses Kontos und versuchen Sie es erneut.',
  },
  'insecure-keychain': {
    title: 'Der Schlüsselbund schützt keine Schlüssel',
    wrong: 'Dieser Schlüsselbund speichert Schlüssel unverschlüsselt. Deshalb benutzt Wardkey ihn nicht.',
    next: 'Bitten Sie die IT, einen verschlüsselten Schlüsselbund einzurichten, und versuchen Sie es erneut.',
  },
  'key-missing': {
    title: 'Der Schlüssel dieses Arbeitsplatzes fehlt',
    wrong: 'Die Daten dieses Arbeitsplatzes sind da, aber sein Schlüssel ist nicht im Schlüsselbund.',
    next: 'Bitten Sie die IT, den Eintrag im Schlüsselbund wiederherzustellen. Richten Sie nicht neu ein: Dabei ginge das Protokoll verloren.',
  },
  'key-changed': {
    title: 'Der Schlüssel passt nicht zu den Daten',
    wrong: 'Im Schlüsselbund ist ein anderer Schlüssel als der, der die Daten dieses Arbeitsplatzes schützt.',
    next: 'Bitten Sie die IT, Schlüssel und Daten wiederherzustellen, die zusammengehören.',
  },
  'checkpoint-missing': {
    title: 'Der Prüfpunkt des Protokolls fehlt',
    wrong:
      'Im Schlüsselbund steht nicht mehr, wie lang das Prüfprotokoll war. Ein abgeschnittenes Ende fiele niemandem auf.',
    next: 'Bitten Sie die IT, den Eintrag im Schlüsselbund wiederherzustellen. Hat ihn niemand entfernt, melden Sie es der Sicherheit.',
  },
  'data-missing': {
    title: 'Die Daten dieses Arbeitsplatzes fehlen',
    wrong: 'Im Schlüsselbund ist ein Schlüssel für diesen Arbeitsplatz, aber seine Daten sind weg.',
    next: 'Bitten Sie die IT, den Datenordner aus einer Sicherung zurückzuholen.',
  },
  'data-damaged': {
    title: 'Die Daten sind beschädigt',
    wrong: 'Die Daten dieses Arbeitsplatzes lassen sich nicht lesen.',
    next: 'Bitten Sie die IT, die Festplatte zu prüfen und die Daten aus einer Sicherung zurückzuholen.',
  },
  'data-edited': {
    title: 'Die Daten wurden von außen geändert',
    wrong: 'Etwas anderes als Wardkey hat die Daten dieses Arbeitsplatzes geändert.',
    next: 'Lassen Sie diesen Computer, wie er ist, und melden Sie es der Sicherheit. Sie entscheidet, wie es weitergeht.',
  },
  'data-newer': {
    title: 'Die Daten stammen von einer neueren Version',
    wrong: 'Ein neueres Wardkey hat diese Daten geschrieben. Dieses hier versteht sie nicht.',
    next: 'Bitten Sie die IT, die neuere Version wieder zu installieren.',
  },
  'data-unwritable': {
    title: 'Die Daten lassen sich nicht schreiben',
    wrong: 'Etwas anderes hält die Dateien dieses Arbeitsplatzes fest, oder das Laufwerk antwortet nicht.',
    next: 'Schließen Sie andere Programme, die den Datenordner benutzen, prüfen Sie das Laufwerk und versuchen Sie es dann erneut.',
  },
  'data-busy': {
    title: 'Ein anderes Programm schreibt gerade',
    wrong: 'Eine längere Änderung läuft, etwa ein Import von Personen. Es ist nichts beschädigt.',
    next: 'Warten Sie. Dieser Arbeitsplatz öffnet sich von selbst, sobald sie fertig ist.',
  },
  'data-readonly': {
    title: 'Der Datenordner ist schreibgeschützt',
    wrong:
      'Wardkey darf seinen Datenordner lesen, aber nicht beschreiben, und könnte nicht festhalten, wer sich anmeldet.',
    next: 'Bitten Sie die IT, die Rechte des Ordners zu berichtigen oder das Laufwerk beschreibbar einzubinden, und versuchen Sie es dann erneut. Es ging nichts verloren.',
  },
  'disk-full': {
    title: 'Die Festplatte ist voll',
    wrong: 'Zum Schreiben ist kein Platz mehr, und ohne Aufzeichnung lässt Wardkey niemanden hinein.',
    next: 'Schaffen Sie Platz auf dem Laufwerk mit dem Datenordner und versuchen Sie es dann erneut. Es ging nichts verloren.',
  },
  'log-cut': {
    title: 'Das Protokoll ist kürzer als vorher',
    wrong: 'Am Ende des Prüfprotokolls fehlen Einträge.',
    next: 'Lassen Sie diesen Computer, wie er ist, und melden Sie es der Sicherheit. Sie entscheidet, wie es weitergeht.',
  },
  'log-changed': {
    title: 'Das Protokoll wurde geändert',
    wrong: 'Ein Eintrag im Prüfprotokoll ist nicht der, der geschrieben wurde.',
    next: 'Lassen Sie diesen Computer, wie er ist, und melden Sie es der Sicherheit. Sie entscheidet, wie es weitergeht.',
  },
  'second-instance': {
    title: 'Wardkey läuft schon',
    wrong: 'Ein anderes Wardkey benutzt die Daten dieses Arbeitsplatzes.',
    next: 'Benutzen Sie das andere Fenster, oder schließen Sie es und versuchen Sie es erneut.',
  },
  unexpected: {
    title: 'Wardkey konnte nicht starten',
    wrong: 'Etwas ist geschehen, das Wardkey nicht kennt.',
    next: 'Versuchen Sie es erneut. Bleibt es dabei, nennen Sie der IT den Code unten.',
  },
}
