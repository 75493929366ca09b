import process from 'node:process'
import { app, Menu } from 'electron'
import { readArguments } from './shell/arguments.ts'
import { announceScheme } from './shell/pages.ts'
import { runProgram } from './shell/program.ts'

// `enableSandbox` would undo this switch, and without it the program does not start as root.
if (!app.commandLine.hasSwitch('no-sandbox'))
  app.enableSandbox()
announceScheme()
// What is left of Chromium's network lives in our process: 17 MB less (Electron 42). Pages reach no network, see guard.ts.
app.commandLine.appendSwitch('enable-features', 'NetworkServiceInProcess2')
// A window of letters and lines is drawn as fast without: no driver is loaded at any start, and 25 MB less.
app.disableHardwareAcceleration()
// Else Electron builds a menu of its own, which takes longer than all of ours.
Menu.setApplicationMenu(null)

if (app.requestSingleInstanceLock())
  runProgram(readArguments(process.argv), import.meta.dirname)
else
  // The one that runs has been told what we were asked.
  app.exit()
