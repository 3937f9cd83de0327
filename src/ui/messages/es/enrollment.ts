// What enrollment says in Spanish: parts of the list of people, offers that wait, a new phone, a second person.
import type { enrollment as english } from '../en/enrollment.ts'
import type { Translated } from '../shape.ts'

export const enrollment: Translated<typeof english, 'one' | 'many' | 'other'> = {
  parts: 'Qué personas',
  part: {
    everybody: 'Todas',
    active: 'Activas',
    'no-phone': 'Sin teléfono',
    suspended: 'Suspendidas',
    left: 'Se han ido',
  },
  credentialPart: {
    everybody: 'Todas',
    'no-phone': 'Sin teléfono',
    'two-phones': 'Dos teléfonos',
    'phone-suspended': 'Teléfono suspendido',
    'few-codes': 'Pocos códigos de recuperación',
    'no-codes': 'Sin códigos de recuperación',
    'codes-not-stored': 'Códigos sin guardar',
    pin: 'Con PIN',
  },
  addPhone: 'Añadir un segundo teléfono',
  replaceEnds:
    'El teléfono anterior termina en cuanto el nuevo muestre su primer código. Una sesión abierta con él se bloquea al momento.',
  hidden: 'Oculto, porque nadie ha tocado la pantalla durante un minuto.',
  show: 'Toque para mostrar',
  withdrawn: 'Este código se ha retirado.',
  move: {
    name: 'Pasar a un teléfono nuevo',
    why: 'Escriba un código del teléfono que usa ahora. El primer código del nuevo le pone fin.',
    code: 'Código del teléfono actual',
    what: 'Qué ha pasado con el teléfono',
    lost: 'Sin ese teléfono, acuda a supervisión: vincularán el nuevo.',
    go: 'Continuar',
  },
  second: {
    heading: 'Otra persona, por favor',
    why: 'La política pide que otra persona autorizada lo apruebe aquí.',
    staffId: 'ID de personal de la otra persona',
    code: 'Código de un solo uso de la otra persona',
    go: 'Aprobar',
    notAllowed: 'Tiene que ser otra persona autorizada.',
  },
  offers: {
    heading: 'Vinculaciones abiertas',
    none: 'Ninguna vinculación espera.',
    ended: 'Terminadas hace poco',
    show: 'Mostrar el código',
    renew: 'Más tiempo',
    withdraw: 'Retirar',
    withdrawEnds: 'Esta vinculación termina. Su código ya no vale en ningún sitio, se haya visto donde se haya visto.',
    madeBy: 'por {{name}}',
    until: 'hasta {{time}}',
    purpose: {
      first: 'Primer teléfono',
      replace: 'Teléfono nuevo',
      add: 'Segundo teléfono',
      move: 'Paso a un teléfono nuevo',
    },
    end: {
      confirmed: 'Confirmada',
      expired: 'Tiempo agotado',
      abandoned: 'Sin terminar',
      replaced: 'Sustituida por otra',
      'too-many-tries': 'Demasiados intentos',
      'second-part': 'Respondió un segundo teléfono',
      'station-stopped': 'El puesto se detuvo',
      withdrawn: 'Retirada',
      other: 'Terminada',
    },
  },
}
