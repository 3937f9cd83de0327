// The screens on which somebody may show a phone to the camera: locked, while a phone is bound, or while one is asked.
import type { OfferView, ScreenState } from '../contracts/screen.ts'

const isBinding = (offer: OfferView | null): boolean => offer?.kind === 'phone' && !offer.ended

export function takesPhones(screen: ScreenState): boolean {
  switch (screen.kind) {
    case 'locked':
      return screen.pin === null
    case 'offer':
      return isBinding(screen.offer)
    case 'session':
      return isBinding(screen.offer) || screen.question !== null
    default:
      return false
  }
}
