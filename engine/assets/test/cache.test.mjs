import assert from "node:assert/strict";
import fs from "node:fs";
import { describe, it } from "node:test";
import { createClient } from "@redis/client";
import { startRedis } from "../../realtime/test/support/redis.mjs";
import { TestBench } from "./support/bench.mjs";

const CONFIG = ["sites", "common_site_config.json"];

describe("the server's cached list of assets", () => {
	it("is dropped after a build that changed something", async () => {
		const redis = await startRedis();
		const bench = new TestBench();
		const client = createClient({ url: redis.url });
		try {
			await client.connect();
			fs.writeFileSync(bench.file(...CONFIG), JSON.stringify({ redis_cache: redis.url }));
			await client.set("assets_json", "old");
			await bench.build();
			assert.equal(await client.get("assets_json"), null);
			await client.set("assets_json", "current");
			await bench.build();
			assert.equal(await client.get("assets_json"), "current");
		} finally {
			await client.disconnect();
			await redis.stop();
			bench.remove();
		}
	});

	it("does not hold up a build where no cache answers", async () => {
		const bench = new TestBench();
		try {
			fs.writeFileSync(bench.file(...CONFIG), JSON.stringify({ redis_cache: "redis://127.0.0.1:9" }));
			assert.equal((await bench.build()).built.length, 2);
		} finally {
			bench.remove();
		}
	});
});
