using System.CommandLine;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Database;

/// <summary>The commands about the schema.</summary>
internal static class DatabaseCommands
{
    public static Command Migrate() =>
        CommandLine.Command("migrate", "Bring the database to this version's schema, and end.", async (options, ct) =>
        {
            await using var database = await HearthDatabase.Open(options, beside: true, ct);
            foreach (var name in database.Applied)
                Console.WriteLine($"applied {name}");
            Console.WriteLine("The schema is up to date.");
        });

    public static Command Schema() =>
        CommandLine.Command("schema", "Print the whole schema that the migrations make, from a database that is thrown away.", async (options, ct) =>
            Console.Out.Write(await DumpFresh(options, ct)));

    private static async Task<string> DumpFresh(HearthOptions options, CancellationToken ct)
    {
        var folder = Directory.CreateTempSubdirectory("hearth-");
        try
        {
            File.SetUnixFileMode(folder.FullName, folder.UnixFileMode | UnixFileMode.OtherExecute);
            var settings = new PrivatePostgresSettings(Path.Combine(folder.FullName, PrivatePostgres.FolderName)) { Binaries = options.PostgresBin, Durable = false };
            await using var server = await PrivatePostgres.Start(settings, claim: null, ct);
            await using var source = NpgsqlDataSource.Create(server.ConnectionString);
            await MigrationRunner.Run(source, ct);
            return await SchemaDump.Read(source, ct);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
