// What the organisation's look and its form say in Spanish.
import type { brand as english } from '../en/brand.ts'
import type { Translated } from '../shape.ts'

export const brand: Translated<typeof english, 'one' | 'many' | 'other'> = {
  heading: 'Aspecto de la pantalla de bloqueo',
  how: 'El nombre, el logotipo y los colores de su organización rodean el código QR de acceso, nunca van dentro. Así el personal reconoce la pantalla auténtica.',
  name: 'Nombre de la organización',
  nameHelp: 'Déjelo vacío si el logotipo ya lo dice.',
  logo: 'Logotipo',
  logoHelp: 'Una imagen PNG, JPEG o WebP. Si es grande, se reduce.',
  logoRemove: 'Quitar el logotipo',
  logoUnread: 'En este archivo no hay ninguna imagen legible. Elija PNG, JPEG o WebP.',
  colour: {
    code: 'Código QR sobre blanco',
    frame: 'Alrededor del código',
    frameInk: 'Texto alrededor del código',
    accentDark: 'Botones, tema oscuro',
    accentLight: 'Botones, tema claro',
  },
  notColour: 'Escriba el color con seis caracteres, por ejemplo 00598a.',
  low: {
    code: 'Solo {{ratio}} a 1 sobre blanco. Una cámara necesita 4,5 a 1: elija un color más oscuro.',
    frameInk:
      'Solo {{ratio}} a 1 sobre el color que rodea el código. Hacen falta 4,5 a 1: aclare u oscurezca uno de los dos.',
    accentDark: 'Solo {{ratio}} a 1 sobre el fondo oscuro. Hacen falta 4,5 a 1: elija un color más claro.',
    accentLight: 'Solo {{ratio}} a 1 sobre el fondo claro. Hacen falta 4,5 a 1: elija un color más oscuro.',
  },
  preview: 'Así se verá',
  example: 'Ejemplo de código QR',
  open: 'Aspecto de la pantalla de bloqueo',
  remove: 'Volver al aspecto original',
  brighter: 'Código más brillante',
  normal: 'Brillo normal',
}
