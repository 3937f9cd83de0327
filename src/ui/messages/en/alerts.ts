// What alerts, and the report of a stranger’s sign-in, say in English.
export const alerts = {
  open: 'To look at',
  past: 'Acknowledged',
  noPast: 'Nothing has been acknowledged yet.',
  failed: 'The alerts could not be read. Try again.',
  openCount_one: '{{shown}} open alert',
  openCount_other: '{{shown}} open alerts',
  concerns: 'Concerns',
  signIn: 'They say that the sign-in of {{time}} was not theirs.',
  note: 'Note for the log: {{what}}',
  acknowledge: 'Acknowledge: {{what}}',
  by: 'Acknowledged by {{name}}, {{time}}.',
  more: 'Show more',
  next: {
    'hub-conflict': 'Two people at the hub have the same staff ID here. Have one of them changed at the hub.',
    'hub-policy-refused':
      'The policy from the hub would lock everybody out here, so the one before holds. Have it changed at the hub.',
    'hub-phone-waiting':
      'This person has a phone that was bound here, and the hub names another one. Ask them. If it is theirs, let it in, on the page of the person, or bind it here; if not, revoke it.',
    'hub-key-refused':
      'The hub sent other keys for a phone that is known here, or one that belongs to somebody else. They were not taken. Ask whoever runs the hub.',
    'phone-denied': 'Ask the person whether it was a slip. Their phone is closed for 15 minutes.',
    'phone-not-mine':
      'Talk to the person now: somebody may have sent them a code to scan. Their phone is closed for 15 minutes.',
    'many-failures': 'Ask who tried to sign in here. Every try waits a few seconds until it is quiet again.',
    'clock-wrong': 'Set the clock of this computer, then sign in with a recovery code.',
    'credential-suspended':
      'Ask the person whether they tried. If so, let the phone work again; if not, enroll a new one.',
    'pin-suspended': 'Ask the person. If they forgot it, revoke the PIN: they choose a new one at their next sign-in.',
    'log-caught-up': 'Wardkey ended without warning. If it was no power cut, ask IT why.',
    'break-glass': 'Review it under Emergency access: talk to whoever came in, and write down what you found.',
    'emergency-record-broken':
      'Ask who was at this computer, keep the file that was set aside, then make new emergency codes.',
    'emergency-codes-planted':
      'Somebody was at this computer. Tell security, keep the file that was set aside, then make new codes.',
    'not-me': 'Talk to the person, look at the sign-in, then decide: let them back in, or enroll a new phone.',
    other: 'Look at the event, then decide.',
  },
}

export const notMe = {
  button: 'It was not me',
  which: 'Which one was not yours?',
  ends: 'This workstation locks now. Your account and all your ways to sign in are closed until an administrator has looked at it. Nothing is erased.',
  go: 'Report and lock',
}
