// The areas of Administration in their order: who sees the link, and the screens behind it, each read when it is opened.
import { Bell, KeyRound, type LucideIcon, Monitor, Scale, ScrollText, Users } from 'lucide-react'
import { type ComponentType, type LazyExoticComponent, lazy } from 'react'
import type { Action } from '../../contracts/roles.ts'
import type { SessionScreen } from '../../contracts/screen.ts'
import type { Enrollment } from '../state/useEnrollment.ts'
import type { View } from '../state/useView.ts'

export interface AreaProps {
  readonly screen: SessionScreen
  readonly enrollment: Enrollment
  /** What the address says after the view's name, such as an id. */
  readonly argument: string
}
export interface Area {
  readonly name: 'people' | 'credentials' | 'policy' | 'audit' | 'alerts' | 'workstation'
  readonly icon: LucideIcon
  readonly needs: Action
  /** By the name in the address; the first is where the link leads. */
  readonly views: Readonly<Record<string, LazyExoticComponent<ComponentType<AreaProps>>>>
}

export const areas: readonly Area[] = [
  {
    name: 'people',
    icon: Users,
    needs: 'see-people',
    views: {
      people: lazy(async () => ({ default: (await import('./People.tsx')).People })),
      import: lazy(async () => ({ default: (await import('./ImportPeople.tsx')).ImportPeople })),
      person: lazy(async () => ({ default: (await import('./PersonDetails.tsx')).PersonDetails })),
    },
  },
  {
    name: 'credentials',
    icon: KeyRound,
    needs: 'see-credentials',
    views: {
      credentials: lazy(async () => ({ default: (await import('./Credentials.tsx')).Credentials })),
    },
  },
  {
    name: 'policy',
    icon: Scale,
    needs: 'see-policy',
    views: {
      policy: lazy(async () => ({ default: (await import('./policy/Policy.tsx')).Policy })),
      'policy-edit': lazy(async () => ({ default: (await import('./policy/EditPolicy.tsx')).EditPolicy })),
      'policy-history': lazy(async () => ({ default: (await import('./policy/PolicyHistory.tsx')).PolicyHistory })),
      'policy-version': lazy(async () => ({ default: (await import('./policy/PolicyHistory.tsx')).PolicyVersion })),
    },
  },
  {
    name: 'audit',
    icon: ScrollText,
    needs: 'read-log',
    views: {
      log: lazy(async () => ({ default: (await import('./AuditLog.tsx')).AuditLog })),
      event: lazy(async () => ({ default: (await import('./EventPage.tsx')).EventPage })),
    },
  },
  {
    name: 'alerts',
    icon: Bell,
    needs: 'acknowledge-alerts',
    views: { alerts: lazy(async () => ({ default: (await import('./Alerts.tsx')).Alerts })) },
  },
  {
    name: 'workstation',
    icon: Monitor,
    needs: 'run-station',
    views: {
      workstation: lazy(async () => ({ default: (await import('./Workstation.tsx')).Workstation })),
      brand: lazy(async () => ({ default: (await import('./Brand.tsx')).Brand })),
      emergency: lazy(async () => ({ default: (await import('./Emergency.tsx')).Emergency })),
    },
  },
]

export const areasFor = (may: readonly Action[]): Area[] => areas.filter(({ needs }) => may.includes(needs))
export const isIn = (area: Area, view: View): boolean => Object.hasOwn(area.views, view.kind)
export const addressOf = (area: Area): string => `#${Object.keys(area.views)[0]}`
