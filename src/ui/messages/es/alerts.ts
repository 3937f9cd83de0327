// What alerts, and the report of a stranger’s sign-in, say in Spanish.
export const alerts = {
  open: 'Por revisar',
  past: 'Atendidos',
  noPast: 'Todavía no se ha atendido nada.',
  failed: 'No se han podido leer los avisos. Vuelva a intentarlo.',
  openCount_one: '{{shown}} aviso abierto',
  openCount_many: '{{shown}} de avisos abiertos',
  openCount_other: '{{shown}} avisos abiertos',
  concerns: 'Afecta a',
  signIn: 'Dice que la entrada del {{time}} no fue suya.',
  note: 'Nota para el registro: {{what}}',
  acknowledge: 'Atender: {{what}}',
  by: 'Atendido por {{name}}, {{time}}.',
  more: 'Mostrar más',
  next: {
    'hub-conflict': 'Dos personas del hub tienen aquí el mismo número de personal. Pida que cambien uno en el hub.',
    'hub-policy-refused':
      'Las reglas del hub dejarían fuera a todos aquí; siguen las anteriores. Pida que las cambien en el hub.',
    'hub-phone-waiting':
      'Esta persona tiene un teléfono vinculado aquí y el hub anuncia otro. Pregúntele. Si es suyo, admítalo en la página de la persona o vincúlelo aquí; si no, revóquelo.',
    'hub-key-refused':
      'El hub envió otras claves para un teléfono conocido aquí, o uno que es de otra persona. No se aceptaron. Consulte a quien administra el hub.',
    'phone-denied': 'Pregunte a la persona si fue un descuido. Su teléfono está cerrado durante 15 minutos.',
    'phone-not-mine':
      'Hable ya con la persona: quizá alguien le envió un código para escanear. Su teléfono está cerrado durante 15 minutos.',
    'many-failures': 'Pregunte quién intentó entrar aquí. Cada intento espera unos segundos hasta que vuelva la calma.',
    'clock-wrong': 'Ponga en hora este equipo y entre después con un código de recuperación.',
    'credential-suspended':
      'Pregunte a la persona si fue ella. Si lo fue, vuelva a permitir el teléfono; si no, registre uno nuevo.',
    'pin-suspended': 'Pregunte a la persona. Si lo olvidó, revoque el PIN: elegirá uno nuevo la próxima vez que entre.',
    'log-caught-up': 'Wardkey terminó sin aviso. Si no fue un corte de luz, pregunte a informática.',
    'break-glass': 'Revíselo en Acceso de emergencia: hable con la persona y anote lo que ha comprobado.',
    'emergency-record-broken':
      'Averigüe quién estuvo en este ordenador, guarde el archivo apartado y cree códigos de emergencia nuevos.',
    'emergency-codes-planted':
      'Alguien estuvo en este ordenador. Avise a seguridad, guarde el archivo apartado y cree códigos nuevos.',
    'not-me': 'Hable con la persona, mire la entrada y decida: volver a permitirla o registrar un teléfono nuevo.',
    other: 'Mire el evento y decida.',
  },
}

export const notMe = {
  button: 'No fui yo',
  which: '¿Cuál no fue suya?',
  ends: 'Este puesto se bloquea ahora. Su cuenta y todas sus formas de entrar quedan cerradas hasta que lo revise un administrador. No se borra nada.',
  go: 'Comunicar y bloquear',
}
