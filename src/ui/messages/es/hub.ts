// How the workstation stands with its hub, in Spanish.
export const hub = {
  online: '{{name}}: al día',
  connecting: '{{name}}: conectando',
  offline: '{{name}} sin conexión. Datos de {{time}}',
  near: '{{name}} sin conexión desde {{time}}. Lo que vino de allí vence pronto',
  over: '{{name}} sin conexión desde {{time}}. Lo que vino de allí ya no vale',
  closed: '{{name}} ya no acepta nada de este puesto. Pregunte a informática',
  join: {
    heading: 'El hub',
    lead: 'Un hub trae a este puesto las personas, la política y las revocaciones, y guarda su registro donde nadie de aquí puede recortarlo.',
    link: 'Enlace de unión',
    linkHelp:
      'Lo crea un administrador del hub. Sirve una vez, durante diez minutos. Escríbalo, péguelo o lea su código con la cámara.',
    byCamera: 'Leerlo con la cámara',
    go: 'Unirse al hub',
    asking: 'Preguntando al hub',
    organisation: 'Organización',
    address: 'Dirección',
    state: 'Conexión',
    states: {
      none: 'Sin empezar',
      connecting: 'Conectando',
      online: 'Conectado',
      offline: 'No se alcanza',
      closed: 'Cerrado por el hub',
    },
    confirmed: 'Última confirmación',
    log: 'Registro',
    kept_one: 'Allí se guarda {{shown}} de {{total}} entrada',
    kept_many: 'Allí se guardan {{shown}} de entradas de {{total}}',
    kept_other: 'Allí se guardan {{shown}} de {{total}} entradas',
    instead: '¿Su organización tiene un hub? Entonces las personas vienen de allí.',
    atFirst: 'Unirse a un hub',
    atFirstLead:
      'Dé nombre a este puesto e indique el enlace que un administrador del hub creó para él. Las personas y la política vienen de allí; aquí no hay que inscribir a nadie.',
    waiting: 'Puesto unido',
    waitingLead:
      'Este puesto se bloquea en cuanto el hub haya enviado a alguien que pueda entrar. Si no llega nadie, pida a un administrador del hub que inscriba a alguien para el grupo de este puesto.',
    waitingFor: 'Esperando a las personas de {{name}}',
  },
}
