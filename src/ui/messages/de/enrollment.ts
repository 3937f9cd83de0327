// What enrollment says in German: parts of the list of people, offers that wait, a new phone, a second person.
import type { enrollment as english } from '../en/enrollment.ts'
import type { Translated } from '../shape.ts'

export const enrollment: Translated<typeof english, 'one' | 'other'> = {
  parts: 'Welche Personen',
  part: {
    everybody: 'Alle',
    active: 'Aktiv',
    'no-phone': 'Ohne Handy',
    suspended: 'Gesperrt',
    left: 'Ausgeschieden',
  },
  credentialPart: {
    everybody: 'Alle',
    'no-phone': 'Ohne Handy',
    'two-phones': 'Zwei Handys',
    'phone-suspended': 'Handy gesperrt',
    'few-codes': 'Wenige Ersatzcodes',
    'no-codes': 'Keine Ersatzcodes',
    'codes-not-stored': 'Codes nicht verwahrt',
    pin: 'Mit PIN',
  },
  addPhone: 'Zweites Handy hinzufügen',
  replaceEnds:
    'Das bisherige Handy endet, sobald das neue seinen ersten Code zeigt. Eine damit begonnene Sitzung wird sofort gesperrt.',
  hidden: 'Verborgen, weil eine Minute lang niemand den Bildschirm berührt hat.',
  show: 'Zum Zeigen berühren',
  withdrawn: 'Dieser Code wurde zurückgezogen.',
  move: {
    name: 'Auf ein neues Handy wechseln',
    why: 'Geben Sie einen Code des bisherigen Handys ein. Der erste Code des neuen beendet es.',
    code: 'Code des bisherigen Handys',
    what: 'Was mit dem Handy geschah',
    lost: 'Ohne dieses Handy wenden Sie sich an die Leitung: Sie richtet das neue für Sie ein.',
    go: 'Weiter',
  },
  second: {
    heading: 'Bitte eine zweite Person',
    why: 'Die Richtlinie verlangt, dass jemand anderes mit dieser Befugnis hier zustimmt.',
    staffId: 'Personalnummer der zweiten Person',
    code: 'Einmalcode der zweiten Person',
    go: 'Zustimmen',
    notAllowed: 'Das muss jemand anderes mit dieser Befugnis sein.',
  },
  offers: {
    heading: 'Offene Einrichtungen',
    none: 'Keine Einrichtung wartet.',
    ended: 'Kürzlich beendet',
    show: 'Code zeigen',
    renew: 'Mehr Zeit',
    withdraw: 'Zurückziehen',
    withdrawEnds: 'Diese Einrichtung endet. Ihr Code gilt nirgends mehr, wo immer er gesehen wurde.',
    madeBy: 'von {{name}}',
    until: 'bis {{time}}',
    purpose: {
      first: 'Erstes Handy',
      replace: 'Neues Handy',
      add: 'Zweites Handy',
      move: 'Wechsel auf ein neues Handy',
    },
    end: {
      confirmed: 'Bestätigt',
      expired: 'Zeit abgelaufen',
      abandoned: 'Nicht beendet',
      replaced: 'Durch eine andere ersetzt',
      'too-many-tries': 'Zu viele Versuche',
      'second-part': 'Ein zweites Handy hat geantwortet',
      'station-stopped': 'Die Station wurde beendet',
      withdrawn: 'Zurückgezogen',
      other: 'Beendet',
    },
  },
}
