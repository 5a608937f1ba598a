"use strict";

/*
 * SHA-256 (FIPS 180-4). Web Crypto decides every status. This code searches all places of a copy,
 * tens of thousands of short spans, for which calls of Web Crypto are too slow. It also replaces
 * Web Crypto in browsers that do not offer it.
 */
const Sha256 = (() => {
  const ROUND = new Int32Array(64);
  const INITIAL = new Uint32Array(8);

  /** The first 32 bits of the fraction of a root. */
  const fraction = (root) => ((root - Math.floor(root)) * 2 ** 32) >>> 0;

  for (let number = 2, found = 0; found < 64; number += 1) {
    let prime = true;
    for (let by = 2; by * by <= number; by += 1) prime &&= number % by !== 0;
    if (!prime) continue;
    if (found < 8) INITIAL[found] = fraction(Math.sqrt(number));
    ROUND[found] = fraction(Math.cbrt(number));
    found += 1;
  }

  const words = new Int32Array(64);
  const state = new Uint32Array(8);
  const block = new Uint8Array(64);
  const turn = (word, by) => (word >>> by) | (word << (32 - by));

  function mix(bytes, at) {
    for (let i = 0, j = at; i < 16; i += 1, j += 4) {
      words[i] = (bytes[j] << 24) | (bytes[j + 1] << 16) | (bytes[j + 2] << 8) | bytes[j + 3];
    }
    for (let i = 16; i < 64; i += 1) {
      const x = words[i - 15];
      const y = words[i - 2];
      const first = turn(x, 7) ^ turn(x, 18) ^ (x >>> 3);
      const second = turn(y, 17) ^ turn(y, 19) ^ (y >>> 10);
      words[i] = (words[i - 16] + words[i - 7] + first + second) | 0;
    }
    let a = state[0] | 0;
    let b = state[1] | 0;
    let c = state[2] | 0;
    let d = state[3] | 0;
    let e = state[4] | 0;
    let f = state[5] | 0;
    let g = state[6] | 0;
    let h = state[7] | 0;
    for (let i = 0; i < 64; i += 1) {
      const picked = (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g));
      const first = (h + picked + ROUND[i] + words[i]) | 0;
      const second = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g; g = f; f = e; e = (d + first) | 0;
      d = c; c = b; b = a; a = (first + second) | 0;
    }
    state[0] += a; state[1] += b; state[2] += c; state[3] += d;
    state[4] += e; state[5] += f; state[6] += g; state[7] += h;
  }

  /** Compute the hash of `bytes` from `start` up to `end` into the eight words of the state. */
  function digest(bytes, start, end) {
    state.set(INITIAL);
    let at = start;
    for (; at + 64 <= end; at += 64) mix(bytes, at);
    const left = end - at;
    for (let i = 0; i < left; i += 1) block[i] = bytes[at + i];
    block[left] = 0x80;
    block.fill(0, left + 1);
    if (left >= 56) {
      mix(block, 0);
      block.fill(0);
    }
    const bits = (end - start) * 8;
    for (let i = 0; i < 4; i += 1) block[63 - i] = (bits >>> (8 * i)) & 255;
    block[59] = Math.floor(bits / 2 ** 32);
    mix(block, 0);
    return state;
  }

  const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  const inWords = (digested) => Array.from(digested, (word) => word.toString(16).padStart(8, "0")).join("");

  /** The hash of some bytes, in hexadecimal. */
  async function of(bytes) {
    if (globalThis.crypto?.subtle) return hex(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));
    return inWords(digest(bytes, 0, bytes.length));
  }

  /** The same, computed here and without waiting. */
  const here = (bytes) => inWords(digest(bytes, 0, bytes.length));

  return { of, here, digest };
})();
