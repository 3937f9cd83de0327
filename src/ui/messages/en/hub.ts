// How the workstation stands with its hub, in English.
export const hub = {
  online: '{{name}}: up to date',
  connecting: '{{name}}: connecting',
  offline: '{{name}} not reached. As of {{time}}',
  near: '{{name}} not reached since {{time}}. What came from there ends soon',
  over: '{{name}} not reached since {{time}}. What came from there no longer holds',
  closed: '{{name}} wants nothing more of this workstation. Ask IT',
}
