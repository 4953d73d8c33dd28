// The lines of a file, or of standard input (`-`), in blocks: what node:readline does, but faster.
import {closeSync, openSync, readSync} from 'node:fs';

export function* lines(path) {
    const file = path === '-' ? 0 : openSync(path, 'r');
    let buffer = Buffer.allocUnsafe(1 << 20);
    let held = 0;
    for (;;) {
        if (held === buffer.length) buffer = Buffer.concat([buffer, Buffer.allocUnsafe(held)]);
        let got = 0;
        try {
            got = readSync(file, buffer, held, buffer.length - held, null);
        } catch (e) {
            if (e.code === 'EAGAIN') continue;
            if (e.code !== 'EOF') throw e;
        }
        const end = held + got;
        let begin = 0;
        for (;;) {
            const at = buffer.subarray(begin, end).indexOf(10);
            if (at < 0) break;
            if (at > 0) yield buffer.toString('utf8', begin, begin + at);
            begin += at + 1;
        }
        if (got === 0) {
            if (end > begin) yield buffer.toString('utf8', begin, end);
            break;
        }
        buffer.copy(buffer, 0, begin, end);
        held = end - begin;
    }
    if (file !== 0) closeSync(file);
}
