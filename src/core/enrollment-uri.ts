// What an authenticator app's enrollment QR code says.
import { defaultTotp, type TotpParameters } from './otp.ts'

const issuer = 'Wardkey'

/** Every app reads SHA1, 6 digits and 30 s, so these are the default; docs/authenticator-apps.md says what others read. */
export function enrollmentUri(staffId: string, setupKey: string, totp: TotpParameters = defaultTotp): string {
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(staffId)}`
  const { algorithm, digits, periodSeconds } = totp
  return `otpauth://totp/${label}?secret=${setupKey}&issuer=${encodeURIComponent(issuer)}&algorithm=${algorithm}&digits=${digits}&period=${periodSeconds}`
}
