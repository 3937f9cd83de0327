// What the organisation's look and its form say in French.
import type { brand as english } from '../en/brand.ts'
import type { Translated } from '../shape.ts'

export const brand: Translated<typeof english, 'one' | 'many' | 'other'> = {
  heading: 'Aspect de l’écran de verrouillage',
  how: 'Le nom, le logo et les couleurs de votre établissement entourent le code QR de connexion, jamais à l’intérieur. Le personnel y reconnaît le véritable écran.',
  name: 'Nom de l’établissement',
  nameHelp: 'Laissez vide si le logo le dit déjà.',
  logo: 'Logo de l’établissement',
  logoHelp: 'Une image PNG, JPEG ou WebP. Une grande image sera réduite.',
  logoRemove: 'Retirer le logo',
  logoUnread: 'Aucune image lisible dans ce fichier. Choisissez du PNG, JPEG ou WebP.',
  colour: {
    code: 'Code QR sur fond blanc',
    frame: 'Autour du code',
    frameInk: 'Texte autour du code',
    accentDark: 'Boutons, thème sombre',
    accentLight: 'Boutons, thème clair',
  },
  notColour: 'Saisissez la couleur en six caractères, par exemple 00598a.',
  low: {
    code: 'Seulement {{ratio}} pour 1 sur le blanc. Il faut 4,5 pour 1 à une caméra : choisissez une couleur plus foncée.',
    frameInk:
      'Seulement {{ratio}} pour 1 sur la couleur autour du code. Il faut 4,5 pour 1 : foncez ou éclaircissez l’une des deux.',
    accentDark:
      'Seulement {{ratio}} pour 1 sur le fond sombre. Il faut 4,5 pour 1 : choisissez une couleur plus claire.',
    accentLight:
      'Seulement {{ratio}} pour 1 sur le fond clair. Il faut 4,5 pour 1 : choisissez une couleur plus foncée.',
  },
  preview: 'Aperçu',
  example: 'Exemple de code QR',
  open: 'Aspect de l’écran de verrouillage',
  remove: 'Revenir à l’aspect d’origine',
  brighter: 'Code plus lumineux',
  normal: 'Luminosité normale',
}
