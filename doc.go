// Package entente is the root of the module; the program is in cmd/entente.
package entente
