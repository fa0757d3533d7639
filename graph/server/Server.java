import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.neo4j.configuration.GraphDatabaseInternalSettings;
import org.neo4j.configuration.GraphDatabaseSettings;
import org.neo4j.configuration.connectors.BoltConnector;
import org.neo4j.configuration.connectors.BoltConnectorInternalSettings;
import org.neo4j.configuration.helpers.SocketAddress;
import org.neo4j.dbms.api.DatabaseManagementService;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;

/** Neo4j on one address: {@code Server FOLDER HOST PORT PAGE_CACHE_MIB}; the password is the first
 * line of standard input, and the server ends in good order when standard input does. */
class Server {
    public static void main(String[] arguments) throws Exception {
        var folder = Path.of(arguments[0]);
        var address = new SocketAddress(arguments[1], Integer.parseInt(arguments[2]));
        var pages = Long.parseLong(arguments[3]) * 1024 * 1024;
        var input = new BufferedReader(new InputStreamReader(System.in));
        var password = input.readLine();
        var secured = folder.resolve("secured");
        if (!Files.exists(secured)) { // nobody may come in while Neo4j's own first password holds
            var unheard = builder(folder, pages).build();
            setPassword(unheard, password);
            unheard.shutdown();
            Files.createFile(secured);
        }
        var server = builder(folder, pages)
            .setConfig(BoltConnector.enabled, true)
            .setConfig(BoltConnector.listen_address, address)
            .build();
        setPassword(server, password);
        System.out.println("ready");
        while (input.readLine() != null) { }
        server.shutdown();
        System.exit(0);
    }

    static DatabaseManagementServiceBuilder builder(Path folder, long pages) {
        return new DatabaseManagementServiceBuilder(folder)
            .setConfig(GraphDatabaseSettings.auth_enabled, true)
            .setConfig(GraphDatabaseSettings.pagecache_memory, pages)
            .setConfig(GraphDatabaseSettings.udc_enabled, false) // tells nobody of its use
            .setConfig(GraphDatabaseInternalSettings.netty_server_shutdown_quiet_period, 0)
            .setConfig(BoltConnectorInternalSettings.thread_pool_shutdown_wait_time, Duration.ofSeconds(1))
            // What was erased is not to live on in logs.
            .setConfig(GraphDatabaseSettings.keep_logical_logs, "keep_none")
            .setConfig(GraphDatabaseSettings.log_queries, GraphDatabaseSettings.LogQueryLevel.OFF);
    }

    static void setPassword(DatabaseManagementService server, String password) {
        try {
            server.database("system").executeTransactionally(
                "ALTER USER neo4j SET PLAINTEXT PASSWORD $password CHANGE NOT REQUIRED",
                Map.of("password", password));
        } catch (RuntimeException error) {
            if (!String.valueOf(error.getMessage()).contains("cannot be the same")) throw error;
        }
    }
}
