// Words for what the log writes in codes of its own: types of events, reasons, and names of details.
import type { TFunction } from 'i18next'
import { wholeTime } from '../time.ts'
import { alertWords, reasonWords } from './kinds.ts'

export const eventTypes = [
  'alert-acknowledged',
  'alert-raised',
  'alert-restored',
  'approval-attempted',
  'backup-made',
  'brand-changed',
  'break-glass-ended',
  'break-glass-refused',
  'break-glass-restored',
  'break-glass-reviewed',
  'break-glass-used',
  'call-refused',
  'calls-refused',
  'challenges-shown',
  'clock-floor-lowered',
  'credential-ended',
  'credential-reinstated',
  'credential-suspended',
  'emergency-codes-made',
  'emergency-record-broken',
  'emergency-record-taken',
  'first-factor-accepted',
  'hub-closed',
  'hub-confirmed',
  'hub-credential-taken',
  'hub-joined',
  'hub-person-taken',
  'hub-step-taken',
  'keys-rotated',
  'log-caught-up',
  'log-exported',
  'log-verified',
  'login-attempted',
  'offer-confirmed',
  'offer-ended',
  'offer-made',
  'offer-renewed',
  'offer-shown',
  'offer-tried',
  'people-confirmed',
  'people-exported',
  'person-added',
  'person-edited',
  'person-restored',
  'person-status-changed',
  'phone-part-taken',
  'pin-set',
  'policy-changed',
  'recovery-codes-acknowledged',
  'recovery-codes-made',
  'recovery-codes-printed',
  'rows-renewed',
  'session-ended',
  'sign-in-disowned',
  'station-changed',
  'station-restored',
  'station-set-up',
  'station-started',
  'station-stopped',
  'ticket-ended',
  'ticket-issued',
  'ticket-led-to-offer',
  'token-made',
  'token-refused',
  'token-revoked',
  'token-used',
] as const

/** Reasons of the station's own; what is not among them somebody has typed. */
export const eventReasons = [
  'unknown-token',
  'token-expired',
  'token-revoked',
  'beyond-reach',
  'same-person',
  'hub',
  'not-on-roster',
  'station-suspended',
  'station-held',
  'station-removed',
  'second-part',
  'bad-part',
  'lock-button',
  'lock-key',
  'suspend',
  'screen-locked',
  'quit',
  'window-gone',
  'idle',
  'limit',
  'revoked',
  'crash',
  'not-me',
  'expired',
  'abandoned',
  'replaced',
  'too-many-tries',
  'last-administrator',
  'station-stopped',
  'withdrawn',
  'too-many-failures',
  'person-left',
  'person-suspended',
  'used',
  'issuer-not-allowed',
  'enrolled',
  'not-allowed',
  'unknown-command',
  'bad-input',
  'bad-sender',
  'failed',
] as const
const signInReasons = [
  'id-needed',
  'challenge-over',
  'unknown-challenge',
  'other-station',
  'bad-signature',
  'bad-assertion',
  'denied',
  'not-mine',
  'phone-closed',
  'form-refused',
  'verification-needed',
  'location-needed',
  'phone-needed',
  'wrong-code',
  'already-used',
  'throttled',
  'clock-wrong',
  'clock-closed',
  'suspended',
  'left',
  'credential-suspended',
  'stale',
  'no-credential',
  'unknown-person',
  'wrong-pin',
  'no-ticket',
  'ticket-ended',
  'pin-suspended',
  'credential-ended',
]

export const detailNames = [
  'step',
  'by',
  'hub_person',
  'status',
  'token',
  'scopes',
  'expires_at_ms',
  'people',
  'url',
  'staff_id',
  'cursor',
  'version',
  'ticket',
  'purpose',
  'hours',
  'before',
  'after',
  'note',
  'kind',
  'format',
  'events',
  'anchored',
  'action',
  'command',
  'further',
  'shown',
  'ended_at_ms',
  'rows',
  'sign_in',
  'sign_in_at_ms',
  'last_administrator',
  'roles',
  'name',
  'location',
  'staff_id_before',
  'staff_id_after',
  'display_name_before',
  'display_name_after',
  'roles_before',
  'roles_after',
  'name_before',
  'name_after',
  'location_before',
  'location_after',
  'form',
  'challenge',
  'device',
  'verification',
  'place',
  'ended',
  'organisation_before',
  'organisation_after',
  'colours_before',
  'colours_after',
  'logo_before',
  'logo_after',
] as const
const states = ['pending', 'active', 'suspended', 'ended', 'left', 'open', 'acknowledged'] as const

export function eventWords(type: string, t: TFunction): string {
  const known = eventTypes.find((each) => each === type)
  // A newer Wardkey may have written events that this one has no words for.
  return known ? t(`audit.type.${known}`) : t('audit.otherType', { type })
}

/** @param type of the event that gives the reason. */
export function eventReason(reason: string, type: string, t: TFunction): string {
  if (type.startsWith('alert-')) return alertWords(reason, t)
  const known = eventReasons.find((each) => each === reason)
  if (known) return t(`audit.reasons.${known}`)
  return signInReasons.includes(reason) ? reasonWords(reason, t) : reason
}

export function detailWords(name: string, t: TFunction): string {
  const known = detailNames.find((each) => each === name)
  return known ? t(`audit.detail.${known}`) : name.replaceAll('_', ' ')
}

export function detailValue(name: string, value: string, t: TFunction): string {
  if (name.endsWith('_at_ms')) return wholeTime(Number(value))
  if (value === 'true' || value === 'false') return t(value === 'true' ? 'audit.yes' : 'audit.no')
  const state = states.find((each) => each === value)
  return state && (name === 'before' || name === 'after') ? t(`audit.state.${state}`) : value
}

export function methodWords(method: string, t: TFunction): string {
  switch (method) {
    case 'phone':
    case 'totp':
    case 'pin':
    case 'recovery':
    case 'ticket':
      return t(`session.method.${method}`)
    default:
      return method
  }
}
