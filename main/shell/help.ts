import type { Log } from '../log.ts'
import type { ShellPort } from '../shell-port.ts'
import { shell } from 'electron'

type Page = Parameters<ShellPort['openHelp']>[0]

/** Every address that the program can open in a browser. */
const PAGES: Readonly<Record<Page, string>> = {
  'home': 'https://docs.asterisk.org/',
  'manager-conf': 'https://docs.asterisk.org/Configuration/Interfaces/Asterisk-Manager-Interface-AMI/',
  'certificates': 'https://docs.asterisk.org/Deployment/Secure-Calling/',
}

/** Opens one of the pages above; the only way from the program into a browser. */
export function openHelp(page: Page, log: Log): void {
  shell.openExternal(PAGES[page]).catch((error: unknown) => log.warn(`The help page "${page}" could not be opened`, error))
}
