// The frame of every view: the mark, what it is about in the middle, and what can be done at the thumb.
import { LockKeyhole } from 'lucide-react'
import { type ReactNode, useEffect, useRef } from 'react'

interface FrameProps {
  /** In the line beside the mark. */
  head: string
  /** Whether that line is the view's heading, where nothing larger says what it is about. */
  leads?: boolean
  children: ReactNode
  actions: ReactNode
  tone?: 'stop'
}

export function Frame({ head, leads = false, children, actions, tone }: FrameProps) {
  const main = useRef<HTMLElement>(null)
  useEffect(() => {
    // A view takes the place of another: a screen reader goes on at its beginning, and so does the eye.
    main.current?.focus({ preventScroll: true })
    scrollTo(0, 0)
  }, [])
  const Line = leads ? 'h1' : 'p'
  return (
    <main className="phone" data-tone={tone} ref={main} tabIndex={-1}>
      <div className="head">
        <span className="mark" aria-hidden="true">
          <LockKeyhole />
        </span>
        <Line>{head}</Line>
      </div>
      <div className="body">{children}</div>
      <div className="acts">{actions}</div>
    </main>
  )
}
