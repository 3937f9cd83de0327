// The screens on which the camera may look: at a phone that answers or is bound, or at the link of a hub to join.
import type { OfferView, ScreenState, SessionScreen } from '../contracts/screen.ts'

const isBinding = (offer: OfferView | null): boolean => offer?.kind === 'phone' && !offer.ended

const mayJoin = ({ hub, person }: SessionScreen): boolean => hub === null && person.may.includes('run-station')

export function usesCamera(screen: ScreenState): boolean {
  switch (screen.kind) {
    case 'locked':
      return screen.pin === null
    case 'offer':
      return isBinding(screen.offer)
    case 'first-run':
      return screen.hub === null
    case 'session':
      return isBinding(screen.offer) || screen.question !== null || mayJoin(screen)
    default:
      return false
  }
}
