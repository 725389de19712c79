import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { estimatePrice, monthlyUsd } from 'golem-vm-discovery-protocol';

const SHAPE = { cpu: 3, memory: 7, storage: 11 };
const USD = { usd_per_core_month: 0.1, usd_per_gb_ram_month: 0.2, usd_per_gb_storage_month: 0.3 };
const GLM = { glm_per_core_month: 1, glm_per_gb_ram_month: 0, glm_per_gb_storage_month: 0.25 };

describe('monthlyUsd', () => {
  it('is the plain double, in the order cpu, memory, storage, not rounded', () => {
    assert.equal(monthlyUsd(SHAPE, USD), 3 * 0.1 + 7 * 0.2 + 11 * 0.3);
  });

  it('is undefined unless all three dollar prices are given', () => {
    assert.equal(monthlyUsd(SHAPE, undefined), undefined);
    assert.equal(monthlyUsd(SHAPE, GLM), undefined);
    assert.equal(monthlyUsd(SHAPE, { usd_per_core_month: 1, usd_per_gb_ram_month: 1 }), undefined);
  });

  it('is zero where everything is free', () => {
    const free = { usd_per_core_month: 0, usd_per_gb_ram_month: 0, usd_per_gb_storage_month: 0 };
    assert.equal(monthlyUsd(SHAPE, free), 0);
  });
});

describe('estimatePrice', () => {
  it('rounds to six decimals, and counts 730 hours a month', () => {
    assert.deepEqual(estimatePrice(SHAPE, USD), { usd_per_month: 5, usd_per_hour: 0.006849 });
  });

  it('adds GLM where all three are given', () => {
    const { glm_per_gb_storage_month: _, ...two } = GLM;
    assert.equal(estimatePrice(SHAPE, { ...USD, ...GLM })?.glm_per_month, 5.75);
    assert.equal('glm_per_month' in (estimatePrice(SHAPE, { ...USD, ...two }) ?? {}), false);
    assert.equal(estimatePrice(SHAPE, GLM), undefined);
  });

  it('keeps the largest sums that there can be', () => {
    const most = { cpu: 1_024, memory: 65_536, storage: 10_000_000 };
    const dearest = {
      usd_per_core_month: 1e6,
      usd_per_gb_ram_month: 1e6,
      usd_per_gb_storage_month: 1e6,
    };
    assert.equal(estimatePrice(most, dearest)?.usd_per_month, 10_066_560_000_000);
  });
});
