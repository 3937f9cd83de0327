// What the organisation's look and its form say in German.
import type { brand as english } from '../en/brand.ts'
import type { Translated } from '../shape.ts'

export const brand: Translated<typeof english, 'one' | 'other'> = {
  heading: 'Aussehen des Sperrbildschirms',
  how: 'Name, Logo und Farben Ihrer Einrichtung stehen um den QR-Code zur Anmeldung, nie darin. Daran erkennt das Personal den echten Bildschirm.',
  name: 'Name der Einrichtung',
  nameHelp: 'Leer lassen, wenn das Logo ihn schon nennt.',
  logo: 'Logo der Einrichtung',
  logoHelp: 'Ein Bild als PNG, JPEG oder WebP. Ein großes wird verkleinert.',
  logoRemove: 'Logo entfernen',
  logoUnread: 'Diese Datei enthält kein lesbares Bild. Wählen Sie PNG, JPEG oder WebP.',
  colour: {
    code: 'QR-Code auf Weiß',
    frame: 'Um den Code herum',
    frameInk: 'Schrift um den Code',
    accentDark: 'Tasten, dunkle Darstellung',
    accentLight: 'Tasten, helle Darstellung',
  },
  notColour: 'Geben Sie die Farbe mit sechs Zeichen ein, etwa 00598a.',
  low: {
    code: 'Nur {{ratio}} zu 1 auf Weiß. Eine Kamera braucht 4,5 zu 1: Wählen Sie eine dunklere Farbe.',
    frameInk:
      'Nur {{ratio}} zu 1 auf der Farbe um den Code. Nötig sind 4,5 zu 1: Wählen Sie eine der beiden dunkler oder heller.',
    accentDark: 'Nur {{ratio}} zu 1 auf dunklem Grund. Nötig sind 4,5 zu 1: Wählen Sie eine hellere Farbe.',
    accentLight: 'Nur {{ratio}} zu 1 auf hellem Grund. Nötig sind 4,5 zu 1: Wählen Sie eine dunklere Farbe.',
  },
  preview: 'So wird es aussehen',
  example: 'Beispiel für einen QR-Code',
  open: 'Aussehen des Sperrbildschirms',
  remove: 'Zurück zum schlichten Aussehen',
  brighter: 'Code heller zeigen',
  normal: 'Normale Helligkeit',
}
