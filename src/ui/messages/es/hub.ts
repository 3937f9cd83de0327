// How the workstation stands with its hub, in Spanish.
export const hub = {
  online: '{{name}}: al día',
  connecting: '{{name}}: conectando',
  offline: '{{name}} sin conexión. Datos de {{time}}',
  near: '{{name}} sin conexión desde {{time}}. Lo que vino de allí vence pronto',
  over: '{{name}} sin conexión desde {{time}}. Lo que vino de allí ya no vale',
  closed: '{{name}} ya no acepta nada de este puesto. Pregunte a informática',
}
