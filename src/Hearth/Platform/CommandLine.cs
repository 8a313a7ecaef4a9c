using System.CommandLine;

namespace Hearth.Platform;

/// <summary>
/// The commands of <c>hearth</c>. Each is a function over the options that the environment gives; a <see cref="StartFailure"/>
/// ends it with one sentence and the exit code 1.
/// </summary>
internal static class CommandLine
{
    /// <summary>A command without arguments of its own; add arguments to what it returns by writing a <see cref="System.CommandLine.Command"/> out.</summary>
    public static Command Command(string name, string description, Func<HearthOptions, CancellationToken, Task> run)
    {
        var command = new Command(name, description);
        command.SetAction((_, ct) => Run(run, ct));
        return command;
    }

    /// <summary>Reads the options and runs a command's work; for commands with arguments, from their own action.</summary>
    public static async Task<int> Run(Func<HearthOptions, CancellationToken, Task> run, CancellationToken ct)
    {
        try
        {
            await run(HearthOptions.From(new ConfigurationBuilder().AddEnvironmentVariables().Build()), ct);
            return 0;
        }
        catch (StartFailure failure)
        {
            await Console.Error.WriteLineAsync($"hearth: {failure.Message}");
            return 1;
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return 130;
        }
    }

    /// <summary>Runs what the arguments name; without any, the first command.</summary>
    public static Task<int> RunNamed(string[] args, params IReadOnlyList<Command> commands)
    {
        var root = new RootCommand("Hearth, a community-engagement server. Settings come from the environment: see docs/operating.md.");
        foreach (var command in commands)
            root.Add(command);
        // The server ends its requests and its database within the host's own limit; a second signal is not needed.
        var invocation = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromSeconds(40) };
        return root.Parse(args.Length == 0 ? [commands[0].Name] : args).InvokeAsync(invocation);
    }
}
