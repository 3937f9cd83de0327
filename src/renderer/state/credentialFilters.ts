// The parts of everybody's credentials, in the order they are offered.
import type { CredentialFilter } from '../../contracts/commands/credentials.ts'

export type { CredentialFilter }
export const credentialFilters: readonly CredentialFilter[] = [
  'everybody',
  'no-phone',
  'two-phones',
  'phone-suspended',
  'few-codes',
  'no-codes',
  'codes-not-stored',
  'pin',
]
