// Words for what the log names by a kind: an alert, and why a sign-in was refused.
import type { TFunction } from 'i18next'

export function alertWords(kind: string, t: TFunction): string {
  switch (kind) {
    case 'phone-denied':
      return t('session.alert.phone-denied')
    case 'phone-not-mine':
      return t('session.alert.phone-not-mine')
    case 'hub-conflict':
      return t('session.alert.hub-conflict')
    case 'hub-policy-refused':
      return t('session.alert.hub-policy-refused')
    case 'hub-phone-waiting':
      return t('session.alert.hub-phone-waiting')
    case 'hub-key-refused':
      return t('session.alert.hub-key-refused')
    case 'many-failures':
      return t('session.alert.many-failures')
    case 'clock-wrong':
      return t('session.alert.clock-wrong')
    case 'credential-suspended':
      return t('session.alert.credential-suspended')
    case 'pin-suspended':
      return t('session.alert.pin-suspended')
    case 'log-caught-up':
      return t('session.alert.log-caught-up')
    case 'not-me':
      return t('session.alert.not-me')
    case 'station-restored':
      return t('session.alert.station-restored')
    case 'disk-low':
      return t('session.alert.disk-low')
    case 'break-glass':
      return t('session.alert.break-glass')
    case 'emergency-record-broken':
      return t('session.alert.emergency-record-broken')
    case 'emergency-codes-planted':
      return t('session.alert.emergency-codes-planted')
    // A newer Wardkey may have raised alerts that this one has no words for.
    default:
      return t('session.alert.other')
  }
}

/** What to do about it. */
export function alertNext(kind: string, t: TFunction): string {
  switch (kind) {
    case 'phone-denied':
      return t('alerts.next.phone-denied')
    case 'phone-not-mine':
      return t('alerts.next.phone-not-mine')
    case 'hub-conflict':
      return t('alerts.next.hub-conflict')
    case 'hub-policy-refused':
      return t('alerts.next.hub-policy-refused')
    case 'hub-phone-waiting':
      return t('alerts.next.hub-phone-waiting')
    case 'hub-key-refused':
      return t('alerts.next.hub-key-refused')
    case 'many-failures':
      return t('alerts.next.many-failures')
    case 'clock-wrong':
      return t('alerts.next.clock-wrong')
    case 'credential-suspended':
      return t('alerts.next.credential-suspended')
    case 'pin-suspended':
      return t('alerts.next.pin-suspended')
    case 'log-caught-up':
      return t('alerts.next.log-caught-up')
    case 'not-me':
      return t('alerts.next.not-me')
    case 'break-glass':
      return t('alerts.next.break-glass')
    case 'emergency-record-broken':
      return t('alerts.next.emergency-record-broken')
    case 'emergency-codes-planted':
      return t('alerts.next.emergency-codes-planted')
    default:
      return t('alerts.next.other')
  }
}

export function reasonWords(reason: string, t: TFunction): string {
  switch (reason) {
    case 'wrong-code':
      return t('session.reason.wrong-code')
    case 'id-needed':
      return t('session.reason.id-needed')
    case 'challenge-over':
      return t('session.reason.challenge-over')
    case 'unknown-challenge':
      return t('session.reason.unknown-challenge')
    case 'other-station':
      return t('session.reason.other-station')
    case 'bad-signature':
      return t('session.reason.bad-signature')
    case 'bad-assertion':
      return t('session.reason.bad-assertion')
    case 'denied':
      return t('session.reason.denied')
    case 'not-mine':
      return t('session.reason.not-mine')
    case 'phone-closed':
      return t('session.reason.phone-closed')
    case 'form-refused':
      return t('session.reason.form-refused')
    case 'verification-needed':
      return t('session.reason.verification-needed')
    case 'location-needed':
      return t('session.reason.location-needed')
    case 'phone-needed':
      return t('session.reason.phone-needed')
    case 'stale':
      return t('session.reason.stale')
    case 'wrong-pin':
      return t('session.reason.wrong-pin')
    case 'no-ticket':
      return t('session.reason.no-ticket')
    case 'ticket-ended':
      return t('session.reason.ticket-ended')
    case 'pin-suspended':
      return t('session.reason.pin-suspended')
    case 'credential-ended':
      return t('session.reason.credential-ended')
    case 'already-used':
      return t('session.reason.already-used')
    case 'throttled':
      return t('session.reason.throttled')
    case 'clock-wrong':
      return t('session.reason.clock-wrong')
    case 'clock-closed':
      return t('session.reason.clock-closed')
    case 'suspended':
      return t('session.reason.suspended')
    case 'left':
      return t('session.reason.left')
    case 'credential-suspended':
      return t('session.reason.credential-suspended')
    case 'people-unconfirmed':
      return t('session.reason.people-unconfirmed')
    case 'no-credential':
      return t('session.reason.no-credential')
    case 'unknown-person':
      return t('session.reason.unknown-person')
    default:
      return t('session.reason.other')
  }
}
