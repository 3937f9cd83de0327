// Where the phone is, for answers that are shown or sent: only where its owner turned that on.
import type { PhonePlace } from '../core/phone-answer.ts'

const kept = 'wardkey-tells-place'
const waitsMs = 3_000

export const tellsPlace = (): boolean => localStorage.getItem(kept) === 'yes'

export function tellPlace(tells: boolean): void {
  if (tells) localStorage.setItem(kept, 'yes')
  else localStorage.removeItem(kept)
}

/** null where it is turned off, refused, or takes too long: nobody waits at a lock for a satellite. */
export function currentPlace(): Promise<PhonePlace | null> {
  if (!tellsPlace() || !('geolocation' in navigator)) return Promise.resolve(null)
  return new Promise((found) => {
    navigator.geolocation.getCurrentPosition(
      ({ coords: { latitude, longitude, accuracy } }) => found({ latitude, longitude, accuracyMetres: accuracy }),
      () => found(null),
      { timeout: waitsMs, maximumAge: 5 * 60_000 },
    )
  })
}
