const KIB = 1024;

/** A counter of built bundles: one line that is rewritten on a terminal, a line each elsewhere. */
export class Progress {
	constructor(total, quiet) {
		Object.assign(this, { total, quiet, done: 0, started: performance.now() });
	}

	step(bundle, outputs) {
		this.done += 1;
		if (this.quiet) return;
		const size = Object.values(outputs).reduce((sum, output) => sum + output.size, 0);
		const seconds = ((performance.now() - this.started) / 1000).toFixed(1);
		const count = `${String(this.done).padStart(String(this.total).length)}/${this.total}`;
		this.#show(`${count} ${bundle.key} ${Math.ceil(size / KIB)} KiB (${seconds} s)`);
	}

	#show(line) {
		if (!process.stdout.isTTY) return console.log(line);
		process.stdout.write(`\r\x1b[K${line}${this.done === this.total ? "\n" : ""}`);
	}
}
