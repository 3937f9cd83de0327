// Lo que un puesto nuevo dice de una copia que restaurar, en español.
export const restore = {
  instead: '¿Este puesto ya existía? Una copia de seguridad lo recupera.',
  heading: 'Restaurar una copia de seguridad',
  how: 'Elija el archivo de la copia y escriba su frase de contraseña. Vuelven las personas, sus aplicaciones de autenticación y las reglas.',
  choose: 'Elegir el archivo',
  chooseOther: 'Elegir otro archivo',
  file: 'Archivo de la copia',
  noFile: 'Aún no se ha elegido ningún archivo.',
  passphrase: 'Frase de contraseña de la copia',
  ends: 'Terminan los códigos de recuperación, los PIN, los teléfonos emparejados y las vinculaciones abiertas. Primero inicia sesión un administrador y confirma las personas.',
  go: 'Restaurar',
  busy: 'Restaurando',
  stopping: 'Deteniendo la restauración',
  refused: {
    'not-now': 'Ahora mismo no es posible. Inténtelo de nuevo en un momento.',
    unreadable: 'Este archivo no se puede leer. Elija otro.',
    'not-a-backup': 'Este archivo no es la copia de seguridad de un puesto.',
    'wrong-passphrase': 'Esta frase no abre la copia. No se restauró nada.',
    damaged: 'La copia está incompleta o modificada. No se restauró nada. Pruebe con una más antigua.',
    'other-version': 'Esta versión de Wardkey no conoce esta forma de copia. No se restauró nada.',
    'newer-version': 'Una versión más nueva de Wardkey hizo esta copia. Instálela primero. No se restauró nada.',
    'disk-full': 'No hay espacio suficiente en el disco. Libere espacio e inténtelo de nuevo.',
    'not-empty':
      'Aquí ya hay archivos de un puesto. No se restauró nada. Pida al equipo de informática una carpeta de datos vacía.',
    'keychain-in-use':
      'El llavero de esta cuenta ya contiene la clave de un puesto. No se restauró nada. Consulte al equipo de informática.',
    running: 'Otro programa usa la carpeta de datos. Ciérrelo e inténtelo de nuevo.',
    'no-administrator': 'Ningún administrador de esta copia podría iniciar sesión. No se restauró nada.',
    stopped: 'La restauración se detuvo. No se conservó nada.',
    failed: 'No funcionó. No se restauró nada. Inténtelo de nuevo.',
  },
}
