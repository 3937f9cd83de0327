// What a screen must hold at any size: nothing cut off, nothing on top of another, targets a finger can hit, focus that is seen.
import { expect, type Page } from '@playwright/test'

export interface Size {
  readonly width: number
  readonly height: number
  /** 2: the root's font size doubled. */
  readonly text: 1 | 2
}
export const sizes: readonly Size[] = [
  { width: 1024, height: 600 },
  { width: 1080, height: 1920 },
  { width: 1920, height: 1080 },
  { width: 3840, height: 2160 },
].flatMap((size) => [
  { ...size, text: 1 as const },
  { ...size, text: 2 as const },
])
/** 1920 by 1080 and 1080 by 1920 at a scaling of 200 %: half as many of the page's own pixels. */
export const scaled: readonly Size[] = [
  { width: 960, height: 540, text: 1 },
  { width: 540, height: 960, text: 1 },
]
export const nameOf = ({ width, height, text }: Size): string => `${width}x${height}, text ${text * 100} %`

export async function setSize(page: Page, { width, height, text }: Size): Promise<void> {
  await page.setViewportSize({ width, height })
  await page.evaluate((factor) => {
    const { style } = document.documentElement
    style.fontSize = ''
    const own = Number.parseFloat(getComputedStyle(document.documentElement).fontSize)
    if (factor !== 1) style.fontSize = `${own * factor}px`
    window.scrollTo(0, 0)
  }, text)
}

/** @returns what is wrong with the screen as it stands, a line each. */
export function faultsOf(page: Page, options: { mayScroll: boolean }): Promise<string[]> {
  return page.evaluate(({ mayScroll }) => {
    const faults: string[] = []
    const targetPx = 44
    const slackPx = 1
    const nameIt = (element: Element) =>
      `<${element.tagName.toLowerCase()}> ${element.getAttribute('aria-label') ?? element.textContent?.trim().slice(0, 30)}`
    const isSeen = (element: Element) => {
      const { width, height } = element.getBoundingClientRect()
      const style = getComputedStyle(element)
      // What a closed part keeps folded away has a box all the same.
      const isThere = element.checkVisibility() && style.visibility === 'visible' && style.clipPath === 'none'
      return width > 1 && height > 1 && isThere
    }

    const { scrollingElement: whole } = document
    if (whole && whole.scrollWidth > whole.clientWidth) faults.push(`scrolls sideways: ${whole.scrollWidth}`)
    if (whole && !mayScroll && whole.scrollHeight > whole.clientHeight)
      faults.push(`scrolls: ${whole.scrollHeight} of ${whole.clientHeight}`)

    // A box that is drawn for a hidden native input is what a finger hits.
    const targets = [...document.querySelectorAll('button, a[href], select, input')]
      .map((element) => element.closest('label') ?? element)
      .filter(isSeen)
    for (const target of targets) {
      const { width, height } = target.getBoundingClientRect()
      if (width < targetPx - 0.5 || height < targetPx - 0.5)
        faults.push(`${nameIt(target)}: ${Math.round(width)} by ${Math.round(height)}`)
    }

    const meet = (a: DOMRect, b: DOMRect) =>
      a.left < b.right - slackPx &&
      b.left < a.right - slackPx &&
      a.top < b.bottom - slackPx &&
      b.top < a.bottom - slackPx
    for (const [at, target] of targets.entries())
      for (const other of targets.slice(at + 1))
        if (meet(target.getBoundingClientRect(), other.getBoundingClientRect()))
          faults.push(`${nameIt(target)} is over ${nameIt(other)}`)

    const texts: { parent: Element; line: DOMRect }[] = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement
      if (!parent || node.textContent?.trim() === '' || !isSeen(parent) || parent.closest('.unseen')) continue
      const range = document.createRange()
      range.selectNodeContents(node)
      // A line's box is taller than its letters: what is above and below them may meet another's.
      for (const { x, y, width, height } of range.getClientRects())
        texts.push({ parent, line: new DOMRect(x, y + height * 0.2, width, height * 0.6) })
    }
    for (const [at, { parent, line }] of texts.entries()) {
      if (line.left < -slackPx || line.right > innerWidth + slackPx) faults.push(`${nameIt(parent)}: beside the screen`)
      const holder = parent.closest('button, a, .cells i')
      const box = holder?.getBoundingClientRect() ?? line
      const out = [box.left - line.left, line.right - box.right, box.top - line.top, line.bottom - box.bottom]
      if (Math.max(...out) > slackPx) faults.push(`${nameIt(parent)}: sticks out by ${Math.round(Math.max(...out))}`)
      for (const other of texts.slice(at + 1))
        if (meet(line, other.line)) faults.push(`text "${parent.textContent}" is over "${other.parent.textContent}"`)
      for (const target of targets)
        if (!target.contains(parent) && !parent.closest('.code') && meet(line, target.getBoundingClientRect()))
          faults.push(`text "${parent.textContent}" is over ${nameIt(target)}`)
    }
    for (const element of document.body.querySelectorAll('*')) {
      if (!isSeen(element) || element.closest('svg, .unseen')) continue
      const { overflowX, overflowY } = getComputedStyle(element)
      const x = element.scrollWidth - element.clientWidth
      const y = element.scrollHeight - element.clientHeight
      const cuts = (overflow: string) => element.matches('input') || /hidden|clip/.test(overflow)
      if ((cuts(overflowX) && x > slackPx) || (cuts(overflowY) && y > slackPx))
        faults.push(`${nameIt(element)}: cut off by ${x} and ${y}`)
    }
    return [...new Set(faults)]
  }, options)
}

/** The screen as it is now, at every size; it may scroll only where its text is larger than it was made for. */
export async function expectHolds(page: Page, screen: string, mayScroll = false): Promise<void> {
  for (const size of [...sizes, ...scaled]) {
    await setSize(page, size)
    const scrolls = mayScroll || size.text > 1 || scaled.includes(size)
    const faults = await faultsOf(page, { mayScroll: scrolls })
    expect.soft(faults, `${screen} at ${nameOf(size)}`).toEqual([])
  }
  await setSize(page, { width: 1440, height: 900, text: 1 })
}

/** What shows where the focus is, or why it does not. */
export const focusFault = (page: Page): Promise<string | null> =>
  page.evaluate(() => {
    const active = document.activeElement
    if (!active || active === document.body) return 'nothing has the focus'
    const drawn = active.closest('label, .field') ?? active
    const isMarked = [active, drawn, ...drawn.querySelectorAll('*')].some((element) => {
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element)
      return (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2) || boxShadow !== 'none'
    })
    const name = `<${active.tagName.toLowerCase()}> ${active.getAttribute('aria-label') ?? drawn.textContent?.slice(0, 30)}`
    if (!isMarked) return `${name}: nothing shows that it has the focus`
    const { left, right, top, bottom } = drawn.getBoundingClientRect()
    const front = document.elementFromPoint((left + right) / 2, (top + bottom) / 2)
    return front && (drawn.contains(front) || front.contains(drawn)) ? null : `${name}: has the focus out of sight`
  })
