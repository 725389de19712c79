#!/usr/bin/env node
import '../dist/src/command/main.js';
