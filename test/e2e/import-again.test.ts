// A file of people that was put right and is chosen again: the same name, and other lines.
import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { call } from '../support/bridge.ts'
import { ada } from '../support/flows.ts'
import { prepareStation } from '../support/prepared-station.ts'
import { launchStation } from '../support/station-app.ts'

test('a corrected file is read anew when it is chosen again', async () => {
  const { folder, recoveryCodes } = await prepareStation()
  const station = await launchStation({ folder })
  const { page } = station
  try {
    const [code = ''] = recoveryCodes
    await call(page, 'submitRecoveryCode', { staffId: ada.staffId, code })
    await page.getByRole('link', { name: 'People' }).click()
    await page.getByRole('link', { name: 'Import' }).click()
    const file = path.join(folder, 'people.csv')
    // By a click, as a person does: it is what makes the window forget the file from before.
    const choose = async (role: string) => {
      fs.writeFileSync(file, `staff_id,name,roles\nN2107,Carmen Ruiz,${role}\n`)
      const chooser = page.waitForEvent('filechooser')
      await page.getByLabel('CSV file').click()
      await (await chooser).setFiles(file)
    }
    await choose('boss')
    await expect(page.getByRole('list', { name: 'Lines to put right' })).toBeVisible()
    await choose('staff')
    await expect(page.getByText('1 person can be added.')).toBeVisible()
  } finally {
    await station.close()
  }
})
