// What a screen owes to everybody: axe's findings in each theme, the names that others rely on, contrast by computed styles.
import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice']
const themes = ['dark', 'light', 'contrast'] as const

/** Colours are read as they stay, not on their way; the ring that runs down for ever is not waited for. */
export async function settle(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await document.fonts.ready
    const moving = document.getAnimations().filter((each) => !(each.effect as KeyframeEffect)?.target?.closest('.ring'))
    await Promise.allSettled(moving.map((each) => each.finished))
  })
}

/**
 * A line for each place that breaks a rule; none where all is well.
 * @param without rules that axe can't judge there.
 */
export async function findBarriers(page: Page, without: readonly string[] = []): Promise<string[]> {
  await settle(page)
  // Without legacy mode axe opens a page of its own, and Electron opens none.
  const axe = new AxeBuilder({ page })
    .setLegacyMode(true)
    // Of what passes one example is enough: naming each of its places takes longer than looking at them.
    .options({ resultTypes: ['violations'] })
    .withTags(tags)
    .disableRules([...without])
  const { violations, passes } = await axe.analyze()
  expect(passes.length, 'rules that had something to look at').toBeGreaterThan(15)
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ target }) => `${id} (${help}): ${target.join(' ')}`))
}

/** In each theme, as somebody goes through them by the button; ends with the one it began with. */
export async function inEachTheme(page: Page, look: (theme: string) => Promise<void>): Promise<void> {
  const seen: string[] = []
  for (const _ of themes) {
    const theme = await page.evaluate(() => document.documentElement.dataset.theme ?? 'dark')
    seen.push(theme)
    await look(theme)
    const button = page.getByRole('button', { name: 'Appearance' })
    // By the page itself: a press would move the focus, and with it what the screen shows.
    await button.evaluate((element: HTMLElement) => element.click())
    await expect.poll(() => page.evaluate(() => document.documentElement.dataset.theme)).not.toBe(theme)
  }
  expect(seen.toSorted()).toEqual(themes.toSorted())
}

/** Softly, so that one run tells of all. */
export async function expectNoBarrier(page: Page, screen: string): Promise<void> {
  await inEachTheme(page, async (theme) => {
    expect.soft(await findBarriers(page), `${screen}, ${theme}`).toEqual([])
  })
}

type Role = Parameters<Page['getByRole']>[0]

/** The names of one screen: each exact, seen, and the only one of its role. */
export async function expectNames(page: Page, names: readonly (readonly [role: Role, name: string])[]): Promise<void> {
  for (const [role, name] of names) {
    const found = page.getByRole(role, { name, exact: true })
    await expect.soft(found, `${role} "${name}"`).toHaveCount(1)
    await expect.soft(found.first(), `${role} "${name}"`).toBeVisible()
    const tag = await found.first().evaluate((element) => element.tagName)
    if (role === 'textbox') expect.soft(tag, name).toBe('INPUT')
    if (role === 'list') expect.soft(tag, name).toBe('UL')
  }
}

export interface Contrast {
  readonly text: string
  readonly ratio: number
}

/** Of each text that these selectors find, against the worst of what may lie behind it (WCAG 2, 1.4.3). */
export function contrastsOf(page: Page, selectors: readonly string[]): Promise<Contrast[]> {
  return page.evaluate((selectors) => {
    const numbers = (colour: string) => (colour.match(/[\d.]+/g) ?? []).map(Number)
    const isOpaque = (colour: string) => (numbers(colour)[3] ?? 1) === 1
    const luminance = (colour: string) => {
      const [red = 0, green = 0, blue = 0] = numbers(colour).map((value) => {
        const part = value / 255
        return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
      })
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
    /** The first ground that is not seen through; of a gradient, every colour that it is made of. */
    const grounds = (element: Element | null): string[] => {
      if (!element) return ['rgb(255, 255, 255)']
      const { backgroundColor, backgroundImage } = getComputedStyle(element)
      const gradient = backgroundImage.match(/rgba?\([^)]*\)/g) ?? []
      if (isOpaque(backgroundColor)) return [backgroundColor, ...gradient]
      if (numbers(backgroundColor)[3] !== 0 || gradient.length > 0)
        throw new Error(`what lies behind ${element.outerHTML}?`)
      return grounds(element.parentElement)
    }
    return selectors.flatMap((selector) => {
      const found = [...document.querySelectorAll(selector)].filter((element) => element.textContent?.trim())
      if (found.length === 0) throw new Error(`nothing to read at ${selector}`)
      return found.map((element) => {
        const text = luminance(getComputedStyle(element).color)
        const ratios = grounds(element).map((ground) => {
          const behind = luminance(ground)
          return (Math.max(text, behind) + 0.05) / (Math.min(text, behind) + 0.05)
        })
        return { text: `${selector}: ${element.textContent?.trim()}`, ratio: Math.min(...ratios) }
      })
    })
  }, selectors)
}
