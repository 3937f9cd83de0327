// The window dies, hangs or loses its content while somebody is signed in: it comes back by itself, locked.
import { expect, test } from '@playwright/test'
import { ada, setUpStation, signedInAs, unlock } from '../support/flows.ts'
import { launchStation, newDataFolder, type StationApp } from '../support/station-app.ts'

test.describe.configure({ timeout: 180_000 })

let station: StationApp
test.afterEach(async () => station?.close())

/** The process that the window's page runs in. */
const rendererOf = ({ app }: StationApp): Promise<number> =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId() ?? 0)

/** What the window shows, asked in main: a page that died is none to Playwright any more. */
const shown = ({ app }: StationApp): Promise<string> =>
  app.evaluate(async ({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents
    if (!contents || contents.isLoading() || contents.isCrashed()) return ''
    const late = new Promise<string>((resolve) => setTimeout(() => resolve(''), 500))
    return Promise.race([contents.executeJavaScript('document.body.innerText'), late])
  })

const harms: Readonly<Record<string, (station: StationApp, renderer: number) => unknown>> = {
  'is killed': (_, renderer) => process.kill(renderer, 'SIGKILL'),
  'is stopped': (_, renderer) => process.kill(renderer, 'SIGSTOP'),
  'computes for ever': ({ page }) => void page.evaluate('for (;;);').catch(() => {}),
  'loses its content': ({ page }) => page.evaluate("document.getElementById('root').replaceChildren()"),
}
for (const [what, harm] of Object.entries(harms))
  test(`a window that ${what} comes back, locked`, async () => {
    const folder = newDataFolder()
    station = await launchStation({ folder })
    const { phone } = await setUpStation(station.page)
    await unlock(station.page, ada, phone)
    await expect(signedInAs(station.page, ada.name)).toBeVisible()
    const renderer = await rendererOf(station)
    await harm(station, renderer)
    await expect.poll(() => shown(station), { timeout: 60_000 }).toContain('Scan with your phone')
    expect(await shown(station)).not.toContain(ada.name)
    expect(await rendererOf(station)).not.toBe(renderer)
  })
