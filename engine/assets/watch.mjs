import fs from "node:fs";

/** Quiet time after a change before building, as editors write a file in several steps. */
const SETTLE_MS = 100;

/**
 * Build, then again after every change under the apps' folders, until the process ends. A failed build is
 * reported and waited out.
 * @param {{root: string, apps?: string[]}} options as for `build`
 */
export async function watchBench(options, build) {
	const { readBench } = await import("./discover.mjs");
	const run = () => buildOnce(options, build);
	await run();
	let timer = null;
	let running = Promise.resolve();
	const schedule = (_, name) => {
		if (name && /(^|\/)(node_modules|dist|\.git|__pycache__)(\/|$)|\.py$/.test(name)) return;
		clearTimeout(timer);
		timer = setTimeout(() => (running = running.then(run)), SETTLE_MS);
	};
	for (const app of readBench(options.root).apps) fs.watch(app.dir, { recursive: true }, schedule);
	console.log("assets: watching");
}

async function buildOnce(options, build) {
	try {
		const { built } = await build({ ...options, maps: true });
		if (built.length) console.log(`assets: built ${built.join(", ")}`);
	} catch (error) {
		console.error(`assets: ${error.message}`);
	}
}
