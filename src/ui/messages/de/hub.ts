// How the workstation stands with its hub, in German.
export const hub = {
  online: '{{name}}: aktuell',
  connecting: '{{name}}: wird verbunden',
  offline: '{{name}} nicht erreicht. Stand {{time}}',
  near: '{{name}} seit {{time}} nicht erreicht. Was von dort kam, gilt nicht mehr lange',
  over: '{{name}} seit {{time}} nicht erreicht. Was von dort kam, gilt nicht mehr',
  closed: '{{name}} nimmt von diesem Arbeitsplatz nichts mehr an. Fragen Sie die IT',
}
