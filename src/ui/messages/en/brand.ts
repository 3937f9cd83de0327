// What the organisation's look and its form say in English.
export const brand = {
  heading: 'Look of the lock screen',
  how: 'Name, logo and colours of your organisation stand around the login QR code, never inside it. Staff know the real screen by them.',
  name: 'Name of the organisation',
  nameHelp: 'Leave it empty where the logo says it.',
  logo: 'Logo',
  logoHelp: 'A PNG, JPEG or WebP picture. A large one is made smaller.',
  logoRemove: 'Remove the logo',
  logoUnread: 'No picture could be read from this file. Choose a PNG, JPEG or WebP.',
  colour: {
    code: 'QR code, on white',
    frame: 'Around the code',
    frameInk: 'Words around the code',
    accentDark: 'Buttons in the dark theme',
    accentLight: 'Buttons in the light theme',
  },
  notColour: 'Type a colour as six digits, such as 00598a.',
  low: {
    code: 'Only {{ratio}} to 1 on white. A camera needs 4.5 to 1: take a darker colour.',
    frameInk:
      'Only {{ratio}} to 1 on the colour around the code. It takes 4.5 to 1: choose one of the two darker or lighter.',
    accentDark: 'Only {{ratio}} to 1 on the dark ground. It takes 4.5 to 1: choose a lighter colour.',
    accentLight: 'Only {{ratio}} to 1 on the light ground. It takes 4.5 to 1: choose a darker colour.',
  },
  preview: 'How it will look',
  example: 'Example of a QR code',
  open: 'Look of the lock screen',
  remove: 'Back to the plain look',
  brighter: 'Brighter code',
  normal: 'Normal brightness',
}
