package main
import "github.com/spf13/cobra"
type windowOptions struct{argument string}
func (o *windowOptions) flags(*cobra.Command) {}
func (a *app) window(source, *windowOptions) error { return nil }
func newRecord(a *app) *cobra.Command { return &cobra.Command{Use:"record"} }
