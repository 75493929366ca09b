import process from 'node:process'
import { app } from 'electron'
import { readArguments } from './shell/arguments.ts'
import { announceScheme } from './shell/pages.ts'
import { runProgram } from './shell/program.ts'

// `enableSandbox` would undo this switch, and without it the program does not start as root.
if (!app.commandLine.hasSwitch('no-sandbox'))
  app.enableSandbox()
announceScheme()

if (app.requestSingleInstanceLock())
  runProgram(readArguments(process.argv), import.meta.dirname)
else
  // The one that runs has been told what we were asked.
  app.exit()
