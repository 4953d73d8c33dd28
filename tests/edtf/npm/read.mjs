// Reads lines of EDTF from standard input with both libraries; a JSON object a line comes out:
// {"ts": answer, "js": answer}, an answer being null (refused) or [first, last] in milliseconds since
// 1970, as text, null where there is no bound. Which library has which limits is known here only.
// With --relations, each line is two dates with a blank between, and out comes which of Allen's
// relations @edtf-ts/core says YES to, as a list.
//   node read.mjs FOLDER_OF_NODE_MODULES [--relations] <LINES
import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

const require = createRequire(pathToFileURL(process.argv[2] + '/package.json'))
const ts = require('@edtf-ts/core')
const edtf = require('edtf')

const OPEN = 8640000000000000 // the last millisecond of JavaScript's Date, on either side

const number = (x) => {
  if (x === null || x === undefined || Math.abs(Number(x)) === OPEN) return null
  if (x === Infinity || x === -Infinity) return null
  return String(x)
}

function byTs(text) {
  try {
    const read = ts.parse(text)
    return read.success ? [number(read.value.minMs), number(read.value.maxMs)] : null
  } catch (e) {
    return null
  }
}

function byJs(text) {
  try {
    const value = (edtf.default || edtf)(text)
    return [number(value.min), number(value.max)]
  } catch (e) {
    return null
  }
}

const lines = readFileSync(0, 'utf8').split('\n').filter((line) => line)
const out = []
for (const line of lines) {
  if (process.argv[3] === '--relations') {
    // Their periods end with the last millisecond, so that no two would ever meet; one more ends
    // them where the next day begins.
    const [a, b] = line.split(' ').map((text) => {
      const member = ts.normalize(ts.parse(text).value).members[0]
      return { ...member, eMin: member.eMin + 1n, eMax: member.eMax + 1n }
    })
    out.push(JSON.stringify(Object.keys(ts.allen).filter((name) => ts.allen[name](a, b) === 'YES')))
  } else {
    out.push(JSON.stringify({ ts: byTs(line), js: byJs(line) }))
  }
}
process.stdout.write(out.join('\n') + '\n')
