// What is wrong when the station stays locked, and what to do next, in Spanish.
import type { Failures } from '../en/failures.ts'

export const failures: Failures = {
  'no-keychain': {
    title: 'No hay llavero de claves',
    wrong: 'Wardkey guarda sus claves en el llavero de este equipo, y no hay ninguno en marcha.',
    next: 'Inicie el servicio de llavero de este equipo e inténtelo de nuevo. Si no basta, reinicie Wardkey.',
  },
  'keychain-locked': {
    title: 'El llavero de claves está bloqueado',
    wrong: 'Wardkey no puede leer sus claves mientras el llavero esté bloqueado.',
    next: 'Desbloquee el llavero de esta cuenta y vuelva a intentarlo.',
  },
  'insecure-keychain': {
    title: 'El llavero no protege las claves',
    wrong: 'Este llavero guarda las claves sin cifrar, así que Wardkey no lo usa.',
    next: 'Pida a Informática que instale un llavero cifrado y vuelva a intentarlo.',
  },
  'key-missing': {
    title: 'Falta la clave de este puesto',
    wrong: 'Los datos de este puesto están aquí, pero su clave no está en el llavero.',
    next: 'Pida a Informática que recupere la entrada del llavero. No vuelva a configurar: se perdería el registro.',
  },
  'key-changed': {
    title: 'La clave no corresponde a los datos',
    wrong: 'La clave del llavero no es la que protege los datos de este puesto.',
    next: 'Pida a Informática que recupere la clave y los datos que van juntos.',
  },
  'checkpoint-missing': {
    title: 'Falta el punto de control del registro',
    wrong: 'El llavero ya no dice cuánto medía el registro de auditoría. Si faltara el final, nadie lo notaría.',
    next: 'Pida a Informática que recupere la entrada del llavero. Si nadie la ha quitado, avise a Seguridad.',
  },
  'data-missing': {
    title: 'Faltan los datos de este puesto',
    wrong: 'El llavero tiene una clave para este puesto, pero sus datos ya no están.',
    next: 'Pida a Informática que recupere la carpeta de datos de una copia de seguridad.',
  },
  'data-damaged': {
    title: 'Los datos están dañados',
    wrong: 'No se pueden leer los datos de este puesto.',
    next: 'Pida a Informática que revise el disco y recupere los datos de una copia de seguridad.',
  },
  'data-edited': {
    title: 'Los datos se han cambiado desde fuera',
    wrong: 'Algo distinto de Wardkey ha cambiado los datos de este puesto.',
    next: 'Deje este equipo como está y avise a Seguridad. Allí decidirán cómo seguir.',
  },
  'data-newer': {
    title: 'Los datos son de una versión más nueva',
    wrong: 'Un Wardkey más nuevo ha escrito estos datos, y este no los entiende.',
    next: 'Pida a Informática que vuelva a instalar la versión más nueva.',
  },
  'data-unwritable': {
    title: 'No se pueden escribir los datos',
    wrong: 'Otro programa retiene los archivos de este puesto, o su disco no responde.',
    next: 'Cierre los demás programas que usan la carpeta de datos, compruebe el disco y vuelva a intentarlo.',
  },
  'data-busy': {
    title: 'Otro programa está escribiendo',
    wrong: 'Hay un cambio largo en curso, como una importación de personas. No hay nada dañado.',
    next: 'Espere. Este puesto se abre solo en cuanto termine.',
  },
  'data-readonly': {
    title: 'La carpeta de datos es de solo lectura',
    wrong:
      'Wardkey puede leer su carpeta de datos, pero no escribir en ella, así que no podría dejar constancia de quién inicia sesión.',
    next: 'Pida al equipo de informática que corrija los permisos de la carpeta o monte el disco con escritura y vuelva a intentarlo. No se ha perdido nada.',
  },
  'disk-full': {
    title: 'El disco está lleno',
    wrong: 'No queda espacio para escribir, y Wardkey no deja entrar a nadie sin dejar constancia.',
    next: 'Libere espacio en el disco que contiene la carpeta de datos y vuelva a intentarlo. No se ha perdido nada.',
  },
  'log-cut': {
    title: 'El registro es más corto que antes',
    wrong: 'Faltan entradas al final del registro de auditoría.',
    next: 'Deje este equipo como está y avise a Seguridad. Allí decidirán cómo seguir.',
  },
  'log-changed': {
    title: 'El registro ha cambiado',
    wrong: 'Una entrada del registro de auditoría no es la que se escribió.',
    next: 'Deje este equipo como está y avise a Seguridad. Allí decidirán cómo seguir.',
  },
  'second-instance': {
    title: 'Wardkey ya está abierto',
    wrong: 'Otro Wardkey usa los datos de este puesto.',
    next: 'Use la otra ventana, o ciérrela y vuelva a intentarlo.',
  },
  unexpected: {
    title: 'Wardkey no ha podido iniciarse',
    wrong: 'Ha pasado algo que Wardkey no conoce.',
    next: 'Vuelva a intentarlo. Si sigue igual, dé a Informática el código de abajo.',
  },
}
