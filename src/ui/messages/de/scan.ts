// What a phone that scans is told about in German: binding, answers, the camera.
import type { scan as english } from '../en/scan.ts'
import type { Translated } from '../shape.ts'

export const scan: Translated<typeof english, 'one' | 'other'> = {
  bind: 'Handy koppeln',
  bindFor: 'Handy koppeln für {{name}}',
  bindOwn: 'Mein Handy koppeln',
  bindAgain: 'Neues Handy koppeln',
  which:
    'Handy einrichten: Eine Authentifizierungs-App zeigt Ziffern, die man eintippt. Handy koppeln: Das Handy scannt den Sperrbildschirm, und man bestätigt auf dem Handy.',
  bindEnds:
    'Die bisherigen Handys gelten nicht mehr, sobald das neue gekoppelt ist. Eine offene Sitzung, die mit einem davon begann, wird sofort gesperrt.',
  bound: 'Zum Scannen gekoppelt',
  qr: 'QR-Code zum Koppeln',
  steps: [
    'Öffnen Sie Wardkey auf dem Handy und tippen Sie auf Scannen. Oder scannen Sie mit der Kamera und öffnen Sie die Seite.',
    'Das Handy erzeugt seine Schlüssel. Dann zeigt es einen Code und 16 Zeichen.',
    'Bringen Sie eines von beiden hierher: zeigen oder eintippen.',
  ],
  byCamera: 'Code des Handys vor die Kamera dieses Arbeitsplatzes halten',
  noCamera: 'Dieser Arbeitsplatz hat keine Kamera.',
  typed: 'Teil vom Handy',
  typedHelp: 'Die 16 Buchstaben und Ziffern unter „keine Kamera“ auf dem Handy.',
  send: 'Weiter',
  shortPart: 'Der Teil hat 16 Buchstaben und Ziffern.',
  partCame: {
    shown: 'Der Code des Handys ist gelesen. Geben Sie nun die acht Ziffern ein, die es zeigt.',
    typed: 'Der Teil ist angenommen. Geben Sie nun die acht Ziffern ein, die das Handy dazu zeigt.',
    sent: 'Das Handy hat seinen Teil gesendet. Geben Sie nun die acht Ziffern ein, die es zeigt.',
  },
  part: {
    'not-a-part': 'Das Handy zeigt etwas anderes. Halten Sie den Code hin, den es zum Koppeln zeigt.',
    'other-offer': 'Das gehört zu einem anderen Code. Scannen Sie mit dem Handy den auf diesem Bildschirm.',
    'bad-part': 'Der Code des Handys ließ sich nicht prüfen. Scannen Sie diesen Bildschirm noch einmal.',
    'second-part':
      'Ein zweites Handy hat geantwortet, darum gilt dieser Code nicht mehr. Erzeugen Sie einen neuen und scannen Sie ihn mit nur einem Handy.',
    expired: 'Die Zeit für diesen Code ist um. Erzeugen Sie einen neuen.',
    'not-now': 'Das geht gerade nicht. Versuchen Sie es gleich noch einmal.',
  },
  confirm: {
    'no-part': 'Erst den Teil des Handys: zeigen oder eintippen.',
    'wrong-code': 'Diese Ziffern passen nicht. Geben Sie die acht ein, die das Handy jetzt zeigt.',
    expired: 'Die Zeit für diesen Code ist um. Erzeugen Sie einen neuen.',
    'too-many-tries': 'Zu viele Versuche. Erzeugen Sie einen neuen Code und beginnen Sie von vorn.',
    'not-now': 'Das geht gerade nicht. Versuchen Sie es gleich noch einmal.',
    'last-administrator':
      'Die Richtlinie verlangt mehr, als dieses Handy kann, und der letzte Zugang eines Administrators würde enden. Nichts wurde geändert: Nehmen Sie ein Handy, das prüfen kann, wer es hält.',
  },
  secondEnded: 'Ein zweites Handy hat geantwortet, darum gilt dieser Code nicht mehr.',
  endedNext: 'Erzeugen Sie einen neuen und scannen Sie ihn mit dem Handy.',
  welcome: {
    heading: 'Noch einmal scannen',
    why: 'Das Handy von {{name}} ist gekoppelt. Jetzt lernt es diesen Arbeitsplatz kennen: Tippen Sie auf dem Handy auf Scannen und scannen Sie diesen Code. Vor Arbeitsplätzen, die es nicht kennt, wird es warnen.',
    qr: 'QR-Code zur Begrüßung',
    done: 'Fertig',
    sent: 'Sagt das Handy von selbst, dass es verbunden ist? Dann kennt es diesen Arbeitsplatz schon: Wählen Sie Fertig.',
    skip: 'Ein Handy, das ohne Kamera gekoppelt wurde, kommt auch ohne aus.',
  },
  camera: {
    name: 'Kamera',
    picture: 'Was die Kamera sieht',
    starting: 'Die Kamera startet …',
    reading: 'Halten Sie den Code des Handys vor die Kamera, etwa 20 cm entfernt.',
    'not-allowed': 'Wardkey darf die Kamera nicht benutzen. Fragen Sie die IT oder tippen Sie.',
    'no-camera': 'Es ist keine Kamera da. Tippen Sie stattdessen.',
    'in-use': 'Ein anderes Programm benutzt die Kamera. Schließen Sie es oder tippen Sie.',
    failed: 'Die Kamera funktioniert nicht. Tippen Sie stattdessen.',
    close: 'Kamera schließen',
  },
  show: 'Handy der Kamera zeigen',
  hint: 'Scannen Sie mit Wardkey auf Ihrem Handy. Geben Sie dann seine acht Ziffern hier ein.',
  hintCamera:
    'Scannen Sie mit Wardkey auf Ihrem Handy. Geben Sie dann seine acht Ziffern ein, oder zeigen Sie es der Kamera.',
  hintId:
    'Scannen Sie mit Wardkey auf Ihrem Handy. Wählen Sie dann „Andere Wege“ und geben Sie Personalnummer und acht Ziffern ein.',
  answer: 'Antwort vom Handy',
  answerHint: 'Acht Ziffern, nachdem Sie den Code auf diesem Bildschirm gescannt haben.',
  shortAnswer: 'Eine Antwort hat acht Ziffern.',
  ask: {
    qr: 'QR-Code für diese Freigabe',
    hint: 'Oder scannen Sie dies mit Wardkey auf Ihrem Handy. Geben Sie dann die acht Ziffern ein, oder zeigen Sie es der Kamera.',
    hintOther:
      'Oder die zweite Person scannt dies mit Wardkey auf ihrem Handy. Geben Sie dann die acht Ziffern ein, oder zeigen Sie es der Kamera.',
    notAllowed: {
      'step-up': 'Das ist das Handy von jemand anderem. Es muss das der angemeldeten Person sein.',
      move: 'Das ist das Handy von jemand anderem. Es muss das der angemeldeten Person sein.',
      second: 'Das muss jemand anderes sein, der es tun darf.',
      approval: 'Das muss jemand anderes sein, der es tun darf.',
    },
    notApproved: 'Das Handy hat abgelehnt. Nichts wurde geändert; die Administratoren wissen davon.',
  },
  said: {
    'challenge-over': 'Dieser Code ist abgelaufen. Scannen Sie den neuen.',
    'wrong-or-over':
      'Diese Ziffern passen nicht. Dieser Arbeitsplatz ist gerade gestartet, Codes von vorher gelten nicht mehr: Scannen Sie den neuen.',
    'already-used': 'Diese Antwort wurde schon benutzt. Scannen Sie den Code noch einmal.',
    'wrong-code': 'Diese Ziffern passen nicht. Scannen Sie den Code noch einmal.',
    'id-needed': 'Geben Sie auch Ihre Personalnummer ein.',
    'phone-closed':
      'Ihr Handy hat vor Kurzem abgelehnt und ist geschlossen. Warten Sie 15 Minuten oder kommen Sie auf anderem Weg herein.',
    'form-refused': 'Eingetippte Antworten gelten hier nicht. Zeigen Sie Ihr Handy der Kamera.',
    'verification-needed':
      'Ihr Handy muss prüfen, dass Sie es sind. Scannen Sie noch einmal und entsperren Sie mit Finger, Gesicht oder PIN.',
    'location-needed':
      'Ihr Handy muss seinen Standort nennen. Schalten Sie das am Anfang der Handyseite ein, scannen Sie noch einmal und zeigen oder senden Sie die Antwort.',
    'not-approved': 'Das Handy hat abgelehnt. Niemand ist angemeldet; die Administratoren wissen davon.',
    'not-an-answer':
      'Das ist keine Antwort. Scannen Sie den Code auf diesem Bildschirm und halten Sie hin, was das Handy dann zeigt.',
    'other-station': 'Diese Antwort gilt für einen anderen Arbeitsplatz. Scannen Sie den Code auf diesem Bildschirm.',
    'bad-answer':
      'Diese Antwort ließ sich nicht prüfen. Scannen Sie noch einmal. Hilft das nicht, lassen Sie das Handy neu koppeln.',
  },
}
