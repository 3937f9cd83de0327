// The frame of every view: the mark, what it is about in the middle, and what can be done at the thumb.
import { LockKeyhole } from 'lucide-react'
import type { ReactNode } from 'react'

interface FrameProps {
  /** In the line beside the mark. */
  head: string
  children: ReactNode
  actions: ReactNode
  tone?: 'stop'
}

export function Frame({ head, children, actions, tone }: FrameProps) {
  return (
    <div className="phone" data-tone={tone}>
      <header>
        <span className="mark" aria-hidden="true">
          <LockKeyhole />
        </span>
        {head}
      </header>
      <main>{children}</main>
      <div className="acts">{actions}</div>
    </div>
  )
}
