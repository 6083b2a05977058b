/**
 * The frame's script. It computes the digest of `toSessionState` (lib/oauth/openid/session-state.ts) by hand, because
 * `crypto.subtle` is missing in old browsers, and everywhere on plain http. SHA-256 is FIPS 180-4 §6.2; its constants
 * are the fractional parts of roots of the first primes (§4.2.2, §5.3.3), whose first 32 bits are exact in a double.
 */
export function checkSessionScript(cookieName: string): string {
  return `(function () {
  var cookieName = ${JSON.stringify(cookieName)};
  var constants = [], initial = [];
  for (var candidate = 2; constants.length < 64; candidate++) {
    var isPrime = true;
    for (var divisor = 2; divisor * divisor <= candidate; divisor++) if (candidate % divisor === 0) isPrime = false;
    if (!isPrime) continue;
    if (initial.length < 8) initial.push(fraction(Math.pow(candidate, 1 / 2)));
    constants.push(fraction(Math.pow(candidate, 1 / 3)));
  }

  function fraction(root) {
    return ((root - Math.floor(root)) * 4294967296) | 0;
  }

  function rotate(word, bits) {
    return (word >>> bits) | (word << (32 - bits));
  }

  function sha256(text) {
    var bytes = unescape(encodeURIComponent(text));
    var words = [], length = bytes.length, hash = initial.slice(0), i, j;
    for (i = 0; i < length; i++) words[i >> 2] |= bytes.charCodeAt(i) << (24 - (i % 4) * 8);
    words[length >> 2] |= 128 << (24 - (length % 4) * 8);
    var end = ((length + 8) >> 6) * 16 + 15;
    words[end] = length * 8;
    for (i = 0; i <= end; i += 16) {
      var schedule = [], state = hash.slice(0);
      for (j = 0; j < 64; j++) {
        if (j < 16) schedule[j] = words[i + j] | 0;
        else {
          var a = schedule[j - 15], b = schedule[j - 2];
          var small0 = rotate(a, 7) ^ rotate(a, 18) ^ (a >>> 3);
          var small1 = rotate(b, 17) ^ rotate(b, 19) ^ (b >>> 10);
          schedule[j] = (schedule[j - 16] + small0 + schedule[j - 7] + small1) | 0;
        }
        var e = state[4], first = state[0];
        var big1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
        var big0 = rotate(first, 2) ^ rotate(first, 13) ^ rotate(first, 22);
        var choice = (e & state[5]) ^ (~e & state[6]);
        var majority = (first & state[1]) ^ (first & state[2]) ^ (state[1] & state[2]);
        var sum = (state[7] + big1 + choice + constants[j] + schedule[j]) | 0;
        state = [(sum + big0 + majority) | 0, first, state[1], state[2], (state[3] + sum) | 0, e, state[5], state[6]];
      }
      for (j = 0; j < 8; j++) hash[j] = (hash[j] + state[j]) | 0;
    }
    return hash;
  }

  function toBase64url(hash) {
    var alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", text = "";
    for (var i = 0; i < 43; i++) {
      var value = 0;
      for (var bit = i * 6; bit < i * 6 + 6; bit++) {
        value = value * 2 + (bit < 256 ? (hash[bit >> 5] >>> (31 - (bit % 32))) & 1 : 0);
      }
      text += alphabet.charAt(value);
    }
    return text;
  }

  function readBrowserState() {
    var pairs = document.cookie.split("; ");
    for (var i = 0; i < pairs.length; i++) {
      if (pairs[i].indexOf(cookieName + "=") === 0) return pairs[i].slice(cookieName.length + 1);
    }
    return "";
  }

  function answer(message, origin) {
    var parts = typeof message === "string" ? /^([^ ]+) ([^ .]+)\\.([^ .]+)$/.exec(message) : null;
    if (!parts) return "error";
    var expected = toBase64url(sha256([parts[1], origin, readBrowserState(), parts[3]].join(" ")));
    return expected === parts[2] ? "unchanged" : "changed";
  }

  window.addEventListener("message", function (event) {
    if (event.source && event.source !== window) event.source.postMessage(answer(event.data, event.origin), event.origin);
  }, false);
})();`;
}
