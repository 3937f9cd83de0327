// How the workstation stands with its hub, in English.
export const hub = {
  online: '{{name}}: up to date',
  connecting: '{{name}}: connecting',
  offline: '{{name}} not reached. As of {{time}}',
  near: '{{name}} not reached since {{time}}. What came from there ends soon',
  over: '{{name}} not reached since {{time}}. What came from there no longer holds',
  closed: '{{name}} wants nothing more of this workstation. Ask IT',
  join: {
    heading: 'The hub',
    lead: 'A hub brings people, policy and revocations to this workstation, and keeps its audit log where nobody here can cut it.',
    link: 'Join link',
    linkHelp:
      'An administrator of the hub makes it. It works once, for ten minutes. Type it, paste it, or read its code with the camera.',
    byCamera: 'Read it with the camera',
    go: 'Join the hub',
    asking: 'Asking the hub',
    organisation: 'Organisation',
    address: 'Address',
    state: 'Connection',
    states: {
      none: 'Not started',
      connecting: 'Connecting',
      online: 'Connected',
      offline: 'Not reached',
      closed: 'Closed by the hub',
    },
    confirmed: 'Last confirmed',
    log: 'Audit log',
    kept_one: '{{shown}} of {{total}} entry is kept there',
    kept_other: '{{shown}} of {{total}} entries are kept there',
    instead: 'Does your organisation run a hub? Then people come from there.',
    atFirst: 'Join a hub',
    atFirstLead:
      'Name this workstation and give the link that an administrator of the hub made for it. People and policy come from there; nobody has to be enrolled here.',
    waiting: 'Joined',
    waitingLead:
      'This workstation locks as soon as the hub has sent somebody who can sign in. If nobody comes, ask an administrator of the hub to enroll somebody for the group of this workstation.',
    waitingFor: 'Waiting for people from {{name}}',
  },
}
