// Records the learner and gives a WAV of 16 kHz in one channel; tells in words why it cannot.
window.entente = window.entente || {};
window.entente.recorder = (() => {
  "use strict";
  const RATE = 16000;
  const HEADER = 44; // bytes before the samples of a WAV
  const LEVEL_EVERY = 60; // milliseconds
  const MOMENT = 600; // milliseconds
  // As the microphone hears it: what makes a call sound better changes pauses, loudness and melody.
  const PLAIN = { audio: { channelCount: 1, echoCancellation: false, noiseSuppression: false, autoGainControl: false } };

  const REFUSALS = {
    NotAllowedError: "The microphone is not allowed. Allow it for this page, by the sign beside the address or in the settings of your browser, and try again. On a company device your IT department may have to.",
    NotFoundError: "There is no microphone. Connect one, or a headset, and try again.",
    NotReadableError: "Another program holds the microphone, often a call. Close it there and try again.",
    OverconstrainedError: "This microphone cannot be used. Choose another one in the settings of your device.",
    SecurityError: "The browser does not let this page use the microphone. Ask your IT department.",
    EncodingError: "The browser could not read what it recorded. Try again; if it happens each time, use another browser.",
  };

  /** Why nothing can be recorded here at all; empty when it can be tried. */
  function obstacle() {
    if (!window.isSecureContext) {
      return "Browsers record only on secure pages. Open Entente by an address that begins with https, or ask your IT department for one.";
    }
    if (!navigator.mediaDevices || !window.MediaRecorder || !window.OfflineAudioContext) {
      return "This browser cannot record. Use a newer one.";
    }
    return "";
  }

  const explain = (error) => REFUSALS[error.name] || `The recording failed (${error.name}). Try again.`;

  function loudest(samples) {
    let peak = 0;
    for (const each of samples) peak = Math.max(peak, Math.abs(each));
    return peak;
  }

  function write(samples) {
    const view = new DataView(new ArrayBuffer(HEADER + samples.length * 2));
    const text = (place, letters) => [...letters].forEach((letter, number) => view.setUint8(place + number, letter.charCodeAt(0)));
    text(0, "RIFF");
    view.setUint32(4, HEADER - 8 + samples.length * 2, true);
    text(8, "WAVEfmt ");
    view.setUint32(16, 16, true);
    view.setUint16(20, 1, true);
    view.setUint16(22, 1, true);
    view.setUint32(24, RATE, true);
    view.setUint32(28, RATE * 2, true);
    view.setUint16(32, 2, true);
    view.setUint16(34, 16, true);
    text(36, "data");
    view.setUint32(40, samples.length * 2, true);
    samples.forEach((each, number) => {
      const kept = Math.max(-1, Math.min(1, each));
      view.setInt16(HEADER + number * 2, kept < 0 ? kept * 0x8000 : kept * 0x7fff, true);
    });
    return new Blob([view.buffer], { type: "audio/wav" });
  }

  /** What was recorded, in whatever form this browser records, as samples of one channel. */
  async function decode(blob) {
    const context = new OfflineAudioContext(1, RATE, RATE);
    const sound = await context.decodeAudioData(await blob.arrayBuffer());
    const samples = new Float32Array(sound.length);
    for (let channel = 0; channel < sound.numberOfChannels; channel += 1) {
      sound.getChannelData(channel).forEach((each, place) => { samples[place] += each / sound.numberOfChannels; });
    }
    return samples;
  }

  /** Tells `hear` the loudness, from 0 to 1, many times a second, until the answer is called. */
  function watch(stream, hear) {
    const context = new AudioContext();
    const analyser = context.createAnalyser();
    context.createMediaStreamSource(stream).connect(analyser);
    context.resume();
    const frame = new Float32Array(analyser.fftSize);
    const timer = setInterval(() => {
      analyser.getFloatTimeDomainData(frame);
      hear(Math.sqrt(frame.reduce((sum, each) => sum + each * each, 0) / frame.length));
    }, LEVEL_EVERY);
    return () => { clearInterval(timer); context.close(); };
  }

  /** Record until `stop` is called or `most` seconds are over; `done` then gives {wav, seconds, peak}. */
  function record(stream, { most, hear = () => {} }) {
    const recorder = new MediaRecorder(stream, { audioBitsPerSecond: 64000 });
    const parts = [];
    recorder.ondataavailable = (event) => parts.push(event.data);
    const ended = new Promise((resolve, reject) => {
      recorder.onstop = resolve;
      recorder.onerror = (event) => reject(event.error || new DOMException("", "EncodingError"));
    });
    const stop = () => { if (recorder.state !== "inactive") recorder.stop(); };
    const timer = setTimeout(stop, most * 1000);
    const began = performance.now();
    recorder.start();
    const unwatch = watch(stream, hear);
    const over = () => { clearTimeout(timer); unwatch(); };
    const done = ended.finally(over).then(async () => {
      const whole = await decode(new Blob(parts, { type: recorder.mimeType })).catch((error) => {
        if (performance.now() - began < MOMENT) return new Float32Array(); // no browser makes a file of so little
        throw error;
      });
      const samples = whole.subarray(0, most * RATE);
      return { wav: write(samples), seconds: samples.length / RATE, peak: loudest(samples) };
    });
    done.catch(() => {}); // whoever asks for it is told
    return { done, stop };
  }

  /** The microphone, until it is closed. Throws what `explain` reads. */
  async function open() {
    const stream = await navigator.mediaDevices.getUserMedia(PLAIN);
    return {
      record: (wanted) => record(stream, wanted),
      close: () => stream.getTracks().forEach((track) => track.stop()),
    };
  }

  return { obstacle, explain, open };
})();
